using System.Text;

namespace NotebookHost;

/// <summary>Jupyter counts a cell's characters in code points, .NET in UTF-16 units.</summary>
internal static class CodePoints
{
    /// <summary>The unit that a code point begins at; the end of the text for what is beyond it.</summary>
    public static int ToIndex(string text, int position)
    {
        int index = 0;
        for (int i = 0; i < position && index < text.Length; i++)
            index += char.IsSurrogatePair(text, index) ? 2 : 1;
        return index;
    }

    /// <summary>How many code points there are before a unit.</summary>
    public static int FromIndex(string text, int index) => text.AsSpan(0, index).EnumerateRunes().Count();

    private static int Count(this SpanRuneEnumerator runes)
    {
        int count = 0;
        foreach (Rune _ in runes)
            count++;
        return count;
    }
}
