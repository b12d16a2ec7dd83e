using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace NotebookHost;

/// <summary>Formats a value for display: registered formatters first, then those that its type brings along, always with plain text.</summary>
internal static class ValueFormatter
{
    private const int MostItems = 200;
    private static readonly ConcurrentStack<(Type Type, IValueFormatter Formatter)> _registered = new();

    public static void Register(Type type, IValueFormatter formatter) => _registered.Push((type, formatter));

    /// <param name="value">What to format.</param>
    /// <param name="mimeTypes">The types wanted; none means all there are.</param>
    public static MimeBundle Format(object? value, IReadOnlyCollection<string> mimeTypes)
    {
        MimeBundle bundle = All(value);
        if (mimeTypes.Count == 0)
            return bundle;

        var chosen = new MimeBundle();
        foreach (string mimeType in mimeTypes.Where(bundle.ContainsKey))
            chosen[mimeType] = bundle[mimeType];
        // As in .NET Interactive: text that is shown as HTML is HTML-encoded.
        if (chosen.Count == 0)
            chosen[mimeTypes.First()] = HtmlText.Encode(PlainText.Of(value));
        return chosen;
    }

    private static MimeBundle All(object? value)
    {
        var bundle = new MimeBundle();
        if (value is not null)
        {
            foreach (IValueFormatter formatter in FormattersOf(value.GetType()))
                Add(bundle, formatter, value);
            if (bundle.Count == 0 && value is IEnumerable items and not string && HtmlOfItems(items) is { } html)
                bundle[MimeBundle.Html] = html;
        }

        if (!bundle.ContainsKey(MimeBundle.Plain))
            bundle[MimeBundle.Plain] = PlainText.Of(value);
        return bundle;
    }

    private static IEnumerable<IValueFormatter> FormattersOf(Type type) => _registered
        .Where(entry => entry.Type.IsAssignableFrom(type))
        .Select(entry => entry.Formatter)
        .Concat(ConventionalFormatters.Of(type));

    private static void Add(MimeBundle bundle, IValueFormatter formatter, object value)
    {
        if (bundle.ContainsKey(formatter.MimeType))
            return;
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        if (formatter.Format(value, writer))
            bundle[formatter.MimeType] = writer.ToString();
    }

    /// <summary>The items one below the other, if one of them has HTML of its own.</summary>
    private static string? HtmlOfItems(IEnumerable items)
    {
        object?[] shown = [.. items.Cast<object?>().Take(MostItems)];
        if (!shown.Any(item => item is not null && FormattersOf(item.GetType()).Any()))
            return null;

        var html = new StringBuilder();
        foreach (MimeBundle bundle in shown.Select(All))
            html.Append("<div>").Append(bundle.GetValueOrDefault(MimeBundle.Html) ?? HtmlText.Encode(bundle[MimeBundle.Plain])).Append("</div>");
        return html.ToString();
    }
}
