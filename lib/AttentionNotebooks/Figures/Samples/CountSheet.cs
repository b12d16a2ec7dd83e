using System.Globalization;

namespace AttentionNotebooks;

/// <summary>How often what occurs, as bars from zero: for sets whose licence does not let us show their text.</summary>
internal static class CountSheet
{
    private const int Width = 700;
    private const int PanelHeight = 190;
    private const int BarsHeight = 110;
    private const int Left = 60;

    /// <summary>Some counts side by side.</summary>
    /// <param name="Title">What is counted.</param>
    /// <param name="Names">What each bar stands for.</param>
    /// <param name="Counts">How high each is.</param>
    /// <param name="Axis">What the names are, with their unit.</param>
    /// <param name="Shown">Every how many names are shown, and whether counts stand over the bars where all are.</param>
    public sealed record Panel(string Title, IReadOnlyList<string> Names, IReadOnlyList<int> Counts, string Axis, int Shown = 1);

    /// <summary>How many sentences have how many words; the last bar holds all that are longer.</summary>
    public static Panel Lengths(string title, IEnumerable<int> lengths, int longest)
    {
        var counts = new int[longest + 1];
        foreach (var length in lengths) counts[Math.Min(length, longest)]++;
        return new(title, [.. Enumerable.Range(0, longest + 1).Select(i => i < longest ? Number(i) : $"{longest}+")], counts, "words in a sentence", 5);
    }

    /// <summary>Draws panels under each other.</summary>
    public static byte[] Draw(params IReadOnlyList<Panel> panels)
    {
        var sheet = new SvgDrawing(Width, (panels.Count * PanelHeight) + 4);
        for (var i = 0; i < panels.Count; i++) Draw(sheet, panels[i], i * PanelHeight);
        return sheet.Encode();
    }

    private static void Draw(SvgDrawing sheet, Panel panel, double top)
    {
        var (highest, baseline, wide) = (panel.Counts.Max(), top + 34 + BarsHeight, (Width - Left - 16.0) / panel.Counts.Count);
        sheet.Text(8, top + 18, panel.Title, bold: true);
        for (var i = 0; i < panel.Counts.Count; i++)
        {
            var (middle, high) = (Left + ((i + 0.5) * wide), (double)BarsHeight * panel.Counts[i] / highest);
            var bar = Math.Min(0.8 * wide, 60);
            sheet.Rectangle(middle - (bar / 2), baseline - high, bar, high, Palette.Soft);
            if (panel.Shown == 1) sheet.Text(middle, baseline - high - 4, Number(panel.Counts[i]), "middle", 12);
            if (i % panel.Shown == 0) sheet.Text(middle, baseline + 15, panel.Names[i], "middle", 12);
        }

        sheet.Polyline([(Left, baseline), (Width - 16, baseline)], Palette.Control);
        if (panel.Shown > 1) sheet.Text(Left - 6, top + 38, Number(highest), "end", 12);
        sheet.Text(Left - 6, baseline + 4, "0", "end", 12);
        sheet.Text(Left + ((Width - Left - 16) / 2.0), baseline + 33, panel.Axis, "middle", 12);
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
