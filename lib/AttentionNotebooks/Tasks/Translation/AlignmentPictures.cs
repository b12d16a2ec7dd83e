namespace AttentionNotebooks;

/// <summary>Where a translator looked, as matrices: a row a word written, a column a word read.</summary>
public static class AlignmentPictures
{
    /// <summary>The whole alignment.</summary>
    /// <param name="translated">A translation.</param>
    /// <param name="title">The heading.</param>
    /// <param name="caption">What to look for.</param>
    public static HeatMap Of(Translated translated, string title, string caption)
    {
        ArgumentNullException.ThrowIfNull(translated);
        return UpTo(translated, translated.Target.Count, title, caption);
    }

    /// <summary>The alignment as it grows, word by word.</summary>
    /// <param name="translated">A translation.</param>
    /// <param name="title">The heading.</param>
    /// <param name="caption">What to look for.</param>
    public static FigureSequence Growing(Translated translated, string title, string caption)
    {
        ArgumentNullException.ThrowIfNull(translated);
        return new FigureSequence("written so far", from count in Enumerable.Range(1, translated.Target.Count)
                                                    select (string.Concat(translated.Target.Take(count)), (Figure)UpTo(translated, count, "", "")))
        {
            Title = title,
            Caption = caption,
        };
    }

    private static HeatMap UpTo(Translated translated, int count, string title, string caption)
    {
        float[,] weights = (float[,])translated.Weights.Clone();
        for (int row = count; row < weights.GetLength(0); row++)
        {
            for (int column = 0; column < weights.GetLength(1); column++) weights[row, column] = float.NaN;
        }

        return new HeatMap("written", "read", weights) { Rows = [.. translated.Target.Select(Shown)], Columns = [.. translated.Source.Select(Shown)], Maximum = 1, Title = title, Caption = caption };
    }

    // A space is a word where characters are.
    private static string Shown(string word) => word == " " ? "␣" : word;
}
