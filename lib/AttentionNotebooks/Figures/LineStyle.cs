namespace AttentionNotebooks;

/// <summary>How a series is drawn: colour by role; lines of one role are told apart by their dashes.</summary>
internal readonly record struct LineStyle(string Colour, string Dash)
{
    private static readonly string[] _dashes = ["solid", "dot", "dashdot", "longdash", "longdashdot"];

    public static LineStyle Of(Series series, IEnumerable<Series> all)
    {
        if (series.Role == Role.Exact)
            return new LineStyle(Palette.Exact, "dash");

        int turn = all.Where(other => other.Role == series.Role).Select(other => other.Name).Distinct(StringComparer.Ordinal).ToList().IndexOf(series.Name);
        return new LineStyle(Palette.Of(series.Role), _dashes[turn % _dashes.Length]);
    }

    /// <summary>The colour, let through: for bands.</summary>
    public string Faint(double opacity) => Palette.Faint(Colour, opacity);
}
