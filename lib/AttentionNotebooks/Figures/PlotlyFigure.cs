using System.Text.Json;
using Plotly.NET;

namespace AttentionNotebooks;

/// <summary>Any Plotly.NET chart as a figure of the house: its traces and axes as they are, our colours for text and grid, light and dark.</summary>
/// <param name="chart">The chart; its template, width and height give way to the figure's.</param>
/// <param name="height">Height in CSS pixels.</param>
public sealed class PlotlyFigure(GenericChart chart, int height = 380) : Figure
{
    internal override FigureSize Size => new(FigureSize.ColumnWidth, height, 300, KeepsShape: false);

    /// <inheritdoc/>
    public override GenericChart ToChart() => chart;

    /// <inheritdoc/>
    public override IEnumerable<string> Describe()
    {
        using var json = JsonDocument.Parse(GenericChart.toFigureJson(chart));
        foreach (JsonElement trace in json.RootElement.GetProperty("data").EnumerateArray())
        {
            string type = trace.TryGetProperty("type", out JsonElement t) ? t.ToString() : "chart";
            string name = trace.TryGetProperty("name", out JsonElement n) ? n.ToString() : type;
            yield return FirstAndLast(trace) is { } values ? $"{name}: {values}" : name;
        }
    }

    private static string? FirstAndLast(JsonElement trace)
    {
        if (!trace.TryGetProperty("y", out JsonElement y) || y.ValueKind != JsonValueKind.Array || y.GetArrayLength() == 0)
            return null;

        int last = y.GetArrayLength() - 1;
        return last == 0 ? $"{y[0]}" : $"{y[0]} → {y[last]} ({last + 1} points)";
    }
}
