using System.Globalization;
using System.Reflection;
using Plotly.NET;

namespace AttentionNotebooks;

/// <summary>Makes Plotly.NET's objects from anonymous ones, whose members read as plotly.js's own reference names them.</summary>
internal static class PlotlyChart
{
    public static Trace Trace(string type, object members)
    {
        var trace = new Trace(type);
        Set(trace, members);
        return trace;
    }

    public static Layout Layout(object members)
    {
        var layout = new Layout();
        Set(layout, members);
        return layout;
    }

    public static GenericChart Combine(IEnumerable<Trace> traces, Layout layout) =>
        GenericChart.setLayout(layout, GenericChart.ofTraceObjects(false, traces.ToList()));

    public static void Set(DynamicObj.DynamicObj target, object members)
    {
        foreach (PropertyInfo member in members.GetType().GetProperties())
        {
            if (member.GetValue(members) is { } value)
                target.SetProperty(member.Name, value);
        }
    }

    /// <summary>Text that plotly.js shows as it is: it reads a small HTML of its own in every label.</summary>
    public static string Label(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Five significant digits are more than a screen shows; what is not a number is a gap.</summary>
    public static double? Number(double value)
    {
        if (!double.IsFinite(value))
            return null;
        if (value == 0)
            return 0;

        int digits = 5 - (int)Math.Ceiling(Math.Log10(Math.Abs(value)));
        return digits is < 0 or > 15 ? value : Math.Round(value, digits);
    }

    public static double?[] Numbers(IEnumerable<double> values) => values.Select(Number).ToArray();

    public static string Text(double value) => value.ToString(Math.Abs(value) >= 1000 ? "#,0" : "0.####", CultureInfo.InvariantCulture);

    public static string Percent(double value) => (100 * value).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
