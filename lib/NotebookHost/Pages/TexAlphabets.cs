using System.Text;

namespace NotebookHost;

/// <summary>Letters in another style, as the characters that Unicode has for them (browsers know no other way).</summary>
internal static class TexAlphabets
{
    // Letters that had a place in Unicode before the mathematical alphabets came.
    private const string DoubleStruckAtHome = "CℂHℍNℕPℙQℚRℝZℤ";
    private const string ScriptAtHome = "BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ";

    public static bool IsStyle(string command) => command is @"\mathbb" or @"\mathcal" or @"\mathscr" or @"\mathbf" or @"\bm" or @"\boldsymbol" or @"\mathsf" or @"\mathit";

    public static string Style(string command, string text)
    {
        var styled = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
            styled.Append(Style(command, rune));
        return styled.ToString();
    }

    private static string Style(string command, Rune letter) => command switch
    {
        @"\mathbb" => AtHome(DoubleStruckAtHome, letter) ?? Shift(letter, 0x1D538, 0x1D552, 0x1D7D8, null),
        @"\mathcal" or @"\mathscr" => AtHome(ScriptAtHome, letter) ?? Shift(letter, 0x1D49C, 0x1D4B6, null, null),
        @"\mathbf" => Shift(letter, 0x1D400, 0x1D41A, 0x1D7CE, 0x1D6C2),
        @"\bm" or @"\boldsymbol" => Shift(letter, 0x1D468, 0x1D482, 0x1D7CE, 0x1D736),
        @"\mathsf" => Shift(letter, 0x1D5A0, 0x1D5BA, 0x1D7E2, null),
        _ => letter.ToString(),
    };

    private static string? AtHome(string pairs, Rune letter)
    {
        for (int i = 0; i < pairs.Length; i += 2)
        {
            if (letter.Value == pairs[i])
                return pairs[i + 1].ToString();
        }

        return null;
    }

    private static string Shift(Rune letter, int upper, int lower, int? digit, int? greek) => letter.Value switch
    {
        >= 'A' and <= 'Z' => new Rune(upper + letter.Value - 'A').ToString(),
        >= 'a' and <= 'z' => new Rune(lower + letter.Value - 'a').ToString(),
        >= '0' and <= '9' when digit is { } zero => new Rune(zero + letter.Value - '0').ToString(),
        >= 'α' and <= 'ω' when greek is { } alpha => new Rune(alpha + letter.Value - 'α').ToString(),
        _ => letter.ToString(),
    };
}
