namespace AttentionNotebooks;

/// <summary>A label broken into lines: at spaces, and after a hyphen where a word alone is too long.</summary>
internal static class LabelLines
{
    /// <summary>Breaks a label.</summary>
    /// <param name="label">The label.</param>
    /// <param name="length">Characters that fit on a line; a word that no hyphen divides may be longer.</param>
    public static IReadOnlyList<string> Of(string label, int length)
    {
        var lines = new List<string>();
        foreach (string word in label.Split(' '))
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= length) lines[^1] += " " + word;
            else lines.AddRange(Parts(word, length));
        }

        return lines;
    }

    private static List<string> Parts(string word, int length)
    {
        if (word.Length <= length) return [word];
        var parts = new List<string> { "" };
        string[] pieces = word.Split('-');
        for (int i = 0; i < pieces.Length; i++)
        {
            string piece = i < pieces.Length - 1 ? pieces[i] + "-" : pieces[i];
            if (parts[^1].Length > 0 && piece.Length > 0 && parts[^1].Length + piece.Length > length) parts.Add(piece);
            else parts[^1] += piece;
        }

        return parts;
    }
}
