using Plotly.NET;

namespace AttentionNotebooks;

/// <summary>
/// Sentences whose words have a ground in the colour of attention, the stronger the more weight, and a dotted frame where the truth lies.
/// They go on in the next line where the width ends, on a phone too.
/// </summary>
/// <param name="sentences">At least one.</param>
public sealed class AttendedText(params IEnumerable<AttendedSentence> sentences) : Figure
{
    // Letters of one width, so that every word's width is known where no browser measures it.
    private const string Letters = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";
    private const int LetterSize = 14, Edge = 4, Padding = 3, Gap = 3, High = 23, Line = High + 4, Between = 12;
    private const double Letter = 0.605 * LetterSize;

    // Text has to be read on the full colour, dark on light and light on dark.
    private const double Cover = 0.5;

    private readonly AttendedSentence[] _sentences = RequireWeights([.. sentences]);

    /// <summary>The weight at the full end of the scale.</summary>
    public double Maximum { get; init; } = 1;

    internal override FigureSize Size
    {
        get
        {
            Piece[] pieces = Pieces();
            return new FigureSize(FigureSize.ColumnWidth, (int)pieces[^1].Top + High + Edge, 300, KeepsShape: true);
        }
    }

    /// <inheritdoc/>
    public override GenericChart ToChart()
    {
        Piece[] pieces = Pieces();
        return PlotlyChart.Combine([PlotlyChart.Trace("scatter", new { x = new double?[] { null }, y = new double?[] { null }, hoverinfo = "skip" })], PlotlyChart.Layout(new
        {
            meta = "words",
            showlegend = false,
            dragmode = false,
            font = new { family = Letters, size = LetterSize },
            margin = new { l = 0, r = 0, t = 0, b = 0 },
            xaxis = new { range = new[] { 0, FigureSize.ColumnWidth }, visible = false, fixedrange = true },
            yaxis = new { range = new[] { pieces[^1].Top + High + Edge, 0 }, visible = false, fixedrange = true },
            shapes = pieces.Select(Ground),
            annotations = pieces.Select(Text),
        }));
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Describe() => _sentences.Select(sentence =>
    {
        int most = Enumerable.Range(0, sentence.Words.Count).MaxBy(n => sentence.Weights[n]);
        string framed = sentence.Marks.Count == 0 ? "" : "; framed: " + string.Join(", ", sentence.Marks.Select(n => sentence.Words[n]));
        return $"{sentence.Name}: “{string.Join(' ', sentence.Words)}”, most at “{sentence.Words[most]}”, {PlotlyChart.Text(sentence.Weights[most])}{framed}";
    });

    // figure.js does the same for narrower places: it finds by a ground's name where a line begins.
    private Piece[] Pieces()
    {
        var pieces = new List<Piece>();
        (double left, double top) = (Edge, Edge);
        foreach ((int i, AttendedSentence sentence) in _sentences.Index())
        {
            if (i > 0)
                top += Line + Between;
            pieces.Add(new Piece(sentence.Name, Edge, top, i == 0 ? null : "sentence") { Role = sentence.Role });
            (left, top) = (Edge, top + Line);
            foreach ((int n, string word) in sentence.Words.Index())
            {
                if (n > 0 && left + Width(word) > FigureSize.ColumnWidth - Edge)
                    (left, top) = (Edge, top + Line);
                pieces.Add(new Piece(word, left, top, n == 0 ? "line" : null) { Weight = sentence.Weights[n], IsFramed = sentence.Marks.Contains(n) });
                left += Width(word) + Gap;
            }
        }

        return [.. pieces];
    }

    // A text has hundreds of words: each says no more than it must.
    private object Ground(Piece piece) => new
    {
        type = "rect",
        name = piece.Begins,
        x0 = Math.Round(piece.Left, 1),
        x1 = Math.Round(piece.Left + Width(piece.Text), 1),
        y0 = piece.Top,
        y1 = piece.Top + High,
        fillcolor = Palette.Faint(Palette.Attention, Math.Round(Cover * Math.Clamp(piece.Weight / Maximum, 0, 1), 3)),
        line = piece.IsFramed ? (object)new { color = Palette.Exact, width = 1.5, dash = "dot" } : new { width = 0 },
    };

    private static object Text(Piece piece) => new
    {
        text = PlotlyChart.Label(piece.Text),
        x = Math.Round(piece.Left + Padding, 1),
        y = piece.Top + (High / 2.0),
        xanchor = "left",
        yanchor = "middle",
        borderpad = 0,
        showarrow = false,
        font = piece.Role is { } role ? new { color = Palette.Of(role) } : null,
    };

    private static double Width(string text) => (Letter * text.Length) + (2 * Padding);

    private static AttendedSentence[] RequireWeights(AttendedSentence[] sentences)
    {
        if (sentences.Length == 0 || Array.Exists(sentences, sentence => sentence.Words.Count == 0))
            throw new ArgumentException("A text needs at least one sentence of at least one word.", nameof(sentences));
        if (Array.Find(sentences, sentence => sentence.Words.Count != sentence.Weights.Count) is { } other)
            throw new ArgumentException($"“{other.Name}” has {other.Weights.Count} weights for {other.Words.Count} words: give every word one.", nameof(sentences));
        return sentences;
    }

    private sealed record Piece(string Text, double Left, double Top, string? Begins)
    {
        public double Weight { get; init; }

        public bool IsFramed { get; init; }

        public Role? Role { get; init; }
    }
}
