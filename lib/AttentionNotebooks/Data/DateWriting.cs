using System.Globalization;

namespace AttentionNotebooks;

/// <summary>The ways to write a date.</summary>
internal static class DateWriting
{
    private static readonly string[] Months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    private static readonly string[] Days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    /// <summary>The ways that training shows.</summary>
    public static readonly IReadOnlyList<Func<DateOnly, string>> Known =
    [
        d => $"{d.Day} {Month(d)} {d.Year}", // 3 May 2011
        d => $"{Month(d)} {d.Day}, {d.Year}",
        d => $"{Month(d)} {Nth(d)}, {d.Year}",
        d => $"the {Nth(d)} of {Month(d)}, {d.Year}",
        d => $"{Nth(d)} of {Month(d)} {d.Year}",
        d => $"{Weekday(d)}, {d.Day} {Month(d)} {d.Year}",
        d => $"{Weekday(d)}, {Month(d)} {d.Day}, {d.Year}",
        d => $"{d.Day}-{Month(d)[..3]}-{d.Year}", // 3-May-2011
        d => $"{d.Day:00}.{d.Month:00}.{d.Year}", // 03.05.2011
        d => $"{d.Day} {Month(d)[..3]} {d.Year}",
        d => $"{Month(d).ToLowerInvariant()} {d.Day} {d.Year}",
        d => $"{d.Year}, {Month(d)} {d.Day}",
    ];

    /// <summary>The ways that it never shows.</summary>
    public static readonly IReadOnlyList<Func<DateOnly, string>> New =
    [
        d => $"{Weekday(d)} the {Nth(d)} of {Month(d)} {d.Year}",
        d => $"{Month(d).ToUpperInvariant()} {d.Day}, {d.Year} ({Weekday(d)})",
        d => $"{d.Year}, the {Nth(d)} of {Month(d)}",
        d => $"{d.Day}. {d.Month}. {d.Year}",
        d => $"in {d.Year} on {Month(d)} the {Nth(d)}",
    ];

    /// <summary>ISO 8601, year-month-day.</summary>
    public static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Month(DateOnly date) => Months[date.Month - 1];

    private static string Weekday(DateOnly date) => Days[(int)date.DayOfWeek];

    private static string Nth(DateOnly date) => date.Day + (date.Day % 10, date.Day / 10) switch
    {
        (_, 1) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
}
