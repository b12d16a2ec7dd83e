using System.Globalization;
using System.Text;

namespace AttentionNotebooks;

/// <summary>
/// Cuts a sentence into words by one simple rule: in lower case, a word is a run of letters, digits and combining marks; every other
/// character that is no white space is a word of its own. “It's a half-open door.” is it, ', s, a, half, -, open, door, full stop.
/// </summary>
public static class Words
{
    /// <summary>The words of a sentence, in lower case.</summary>
    /// <param name="sentence">Any text.</param>
    public static IReadOnlyList<string> Split(string sentence)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in sentence.ToLowerInvariant().EnumerateRunes())
        {
            if (IsPartOfWord(rune))
            {
                word.Append(rune);
                continue;
            }

            End();
            if (!Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune)) words.Add(rune.ToString());
        }

        End();
        return words;

        void End()
        {
            if (word.Length > 0) words.Add(word.ToString());
            word.Clear();
        }
    }

    private static bool IsPartOfWord(Rune rune) => Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
