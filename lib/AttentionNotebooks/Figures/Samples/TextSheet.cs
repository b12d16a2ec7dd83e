namespace AttentionNotebooks;

/// <summary>Samples of text, line by line.</summary>
internal static class TextSheet
{
    private const int Width = 700;
    private const int LineHeight = 21;
    private const int CharactersInLine = 94;

    /// <summary>Draws sentences with their classes; reasons stand out.</summary>
    /// <param name="set">The sentences.</param>
    /// <param name="count">How many.</param>
    public static byte[] Draw(SentimentSet set, int count)
    {
        var lines = set.Sentences.Take(count).SelectMany(sentence => Lines(sentence, set.ClassNames)).ToArray();
        var sheet = new SvgDrawing(Width, (lines.Length * LineHeight) + 14);
        for (var i = 0; i < lines.Length; i++)
        {
            sheet.Text(8, (i * LineHeight) + 21, lines[i].Class, bold: true);
            sheet.Runs(84, (i * LineHeight) + 21, lines[i].Words);
        }

        return sheet.Encode();
    }

    /// <summary>Draws sentences beside their translations, the sets under their headings.</summary>
    /// <param name="sets">Sets with what is said of them.</param>
    /// <param name="count">How many of each.</param>
    public static byte[] Draw(IReadOnlyList<(string Heading, SentencePairs Set)> sets, int count)
    {
        var sheet = new SvgDrawing(Width, (sets.Count * (count + 1) * LineHeight) + 14);
        var y = 0;
        foreach (var (heading, set) in sets)
        {
            sheet.Text(8, (y += LineHeight), heading, bold: true);
            foreach (var pair in set.Pairs.Take(count))
            {
                sheet.Text(20, (y += LineHeight), pair.Source);
                sheet.Text(500, y, pair.Target);
            }
        }

        return sheet.Encode();
    }

    private static IEnumerable<(string Class, IReadOnlyList<(string Text, string? Colour)> Words)> Lines(LabelledSentence sentence, IReadOnlyList<string> classes)
    {
        var (line, length, name) = (new List<(string, string?)>(), 0, classes[sentence.Label]);
        for (var i = 0; i < sentence.Words.Count; i++)
        {
            var word = sentence.Words[i];
            // A full stop does not begin a line.
            if (length + word.Length > CharactersInLine && word.Length > 1)
            {
                yield return (name, line);
                (line, length, name) = ([], 0, "");
            }

            line.Add((word, sentence.Reasons is { } reasons && reasons[i] ? Palette.Hard : null));
            line.Add((" ", null));
            length += word.Length + 1;
        }

        yield return (name, line);
    }
}
