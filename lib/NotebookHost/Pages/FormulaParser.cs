using Markdig.Extensions.Mathematics;
using Markdig.Helpers;
using Markdig.Parsers;

namespace NotebookHost;

/// <summary>
/// Finds <c>$…$</c> and <c>$$…$$</c> as notebooks understand them: over several lines too, and with any space inside <c>$$</c>, which
/// Markdig's own parser leaves as text. A price is no formula: after <c>$</c> and before the closing one stands no space, after that no digit.
/// </summary>
internal sealed class FormulaParser : MathInlineParser
{
    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        int delimiter = slice.PeekChar() == '$' ? 2 : 1;
        int start = slice.Start + delimiter;
        int end = FindEnd(slice, start, delimiter);
        if (end <= start || slice.Text.AsSpan(start, end - start).IsWhiteSpace())
            return false;

        processor.Inline = new MathInline
        {
            Delimiter = '$',
            DelimiterCount = delimiter,
            Content = new StringSlice(slice.Text, start, end - 1),
            Span = new Markdig.Syntax.SourceSpan(processor.GetSourcePosition(slice.Start, out int line, out int column), processor.GetSourcePosition(end + delimiter - 1)),
            Line = line,
            Column = column,
        };
        slice.Start = end + delimiter;
        return true;
    }

    private static int FindEnd(StringSlice slice, int start, int delimiter)
    {
        if (delimiter == 1 && (start > slice.End || char.IsWhiteSpace(slice.Text[start])))
            return -1;
        for (int i = start; i <= slice.End; i++)
        {
            if (slice.Text[i] == '\\')
                i++;
            else if (slice.Text[i] == '$')
                return Closes(slice, i, delimiter) ? i : -1;
        }

        return -1;
    }

    private static bool Closes(StringSlice slice, int position, int delimiter)
    {
        char after = position < slice.End ? slice.Text[position + 1] : '\0';
        return delimiter == 2 ? after == '$' : !char.IsWhiteSpace(slice.Text[position - 1]) && !char.IsAsciiDigit(after);
    }
}
