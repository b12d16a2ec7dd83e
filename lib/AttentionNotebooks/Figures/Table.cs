using System.Net;
using System.Text;

namespace AttentionNotebooks;

/// <summary>A table of results, with the words that belong to it.</summary>
/// <param name="columns">The headings.</param>
[TypeFormatterSource(typeof(RenderedFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class Table(params string[] columns) : IRendered
{
    private readonly List<string[]> written = [];

    /// <summary>The sentence under the table; empty for none.</summary>
    public string Caption { get; init; } = "";

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One for each column; the first names the row.</param>
    /// <returns>The table itself.</returns>
    /// <exception cref="ArgumentException">There are more or fewer cells than columns.</exception>
    public Table Row(params string[] cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Length != columns.Length) throw new ArgumentException($"{cells.Length} cells for {columns.Length} columns: give every column one.", nameof(cells));
        written.Add(cells);
        return this;
    }

    /// <summary>Adds several rows.</summary>
    /// <param name="rows">The cells of each.</param>
    /// <returns>The table itself.</returns>
    /// <exception cref="ArgumentException">A row has more or fewer cells than there are columns.</exception>
    public Table Rows(IEnumerable<string[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var cells in rows) Row(cells);
        return this;
    }

    /// <inheritdoc/>
    public string ToHtml()
    {
        var html = new StringBuilder("<figure style=\"margin:1em 0;overflow-x:auto\"><table style=\"border-collapse:collapse\"><thead><tr>");
        foreach (var column in columns) html.Append(Cell("th", column, column == columns[0], "border-bottom:2px solid currentColor"));
        html.Append("</tr></thead><tbody>");
        foreach (var row in written)
        {
            html.Append("<tr>");
            for (var i = 0; i < row.Length; i++) html.Append(Cell(i == 0 ? "th" : "td", row[i], i == 0, "border-bottom:1px solid #8884"));
            html.Append("</tr>");
        }

        html.Append("</tbody></table>");
        if (Caption.Length > 0) html.Append("<figcaption style=\"font-size:14px;line-height:1.45;margin:6px 0 0;max-width:44em\">").Append(WebUtility.HtmlEncode(Caption)).Append("</figcaption>");
        return html.Append("</figure>").ToString();
    }

    /// <summary>The table with its columns aligned by spaces.</summary>
    public override string ToString()
    {
        var widths = columns.Select((column, i) => written.Select(row => row[i].Length).Append(column.Length).Max()).ToArray();
        var lines = written.Prepend(columns).Select(row => string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd());
        return string.Join("\n", Caption.Length > 0 ? lines.Append(Caption) : lines);
    }

    private static string Cell(string tag, string text, bool first, string border) =>
        $"<{tag} style=\"text-align:{(first ? "left" : "right")};padding:.3em .8em;{(tag == "td" ? "white-space:nowrap;" : "")}{border}\">{WebUtility.HtmlEncode(text)}</{tag}>";
}
