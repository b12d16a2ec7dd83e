using System.Globalization;

namespace AttentionNotebooks;

/// <summary>The ways to write a whole number from 0 to 999,999,999.</summary>
internal static class NumberWriting
{
    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <summary>The ways that training shows.</summary>
    public static readonly IReadOnlyList<Func<int, string>> Known =
    [
        n => InWords(n, and: true),
        n => InWords(n, and: true),
        n => n.ToString("#,0", CultureInfo.InvariantCulture), // 1,234
        n => $"no. {n.ToString(CultureInfo.InvariantCulture)}",
    ];

    /// <summary>The ways that it never shows.</summary>
    public static readonly IReadOnlyList<Func<int, string>> New =
    [
        n => InWords(n, and: false),
        n => InWords(n, and: true).Replace('-', ' '),
        n => n.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\''), // 1'234
        n => $"number {n.ToString(CultureInfo.InvariantCulture)}.",
    ];

    /// <summary>The number in English words, with “and” before the last two digits of each three or without.</summary>
    public static string InWords(int number, bool and)
    {
        if (number == 0) return Small[0];
        var words = new List<string>();
        Add(number / 1_000_000, "million");
        Add(number / 1_000 % 1_000, "thousand");
        Add(number % 1_000, null);
        return string.Join(' ', words);

        void Add(int three, string? unit)
        {
            if (three == 0) return;
            if (three >= 100) words.Add($"{Small[three / 100]} hundred");
            if (three % 100 > 0)
            {
                // One thousand and five, one hundred and five, but five.
                if (and && (three >= 100 || (words.Count > 0 && unit is null))) words.Add("and");
                words.Add(BelowHundred(three % 100));
            }

            if (unit is not null) words.Add(unit);
        }
    }

    private static string BelowHundred(int number) => number < 20
        ? Small[number]
        : Tens[number / 10] + (number % 10 > 0 ? $"-{Small[number % 10]}" : "");
}
