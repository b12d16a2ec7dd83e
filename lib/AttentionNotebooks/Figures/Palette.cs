namespace AttentionNotebooks;

/// <summary>The colours of the series (Okabe and Ito's, told apart by colour-blind readers too).</summary>
public static class Palette
{
    /// <summary>Soft attention.</summary>
    public const string Soft = "#0072B2";

    /// <summary>Hard attention.</summary>
    public const string Hard = "#D55E00";

    /// <summary>Hybrids of both.</summary>
    public const string Hybrid = "#009E73";

    /// <summary>Sparse attention.</summary>
    public const string Sparse = "#CC79A7";

    /// <summary>Controls.</summary>
    public const string Control = "#7F7F7F";

    /// <summary>Exact values and theory: black, or the page's text colour where the page is dark.</summary>
    public const string Exact = "#000000";

    /// <summary>The full end of the one scale of attention maps; its other end, zero, is transparent.</summary>
    public const string Attention = "#E69F00";

    /// <summary>The full end of the other side of the scale, where values may be negative.</summary>
    public const string Negative = "#56B4E9";

    /// <summary>How much of the picture the full end of the scale covers, so that what is attended stays visible, from 0 to 1.</summary>
    internal const double AttentionOpacity = 0.8;

    /// <summary>The colour of a role, as <c>#RRGGBB</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a role.</exception>
    public static string Of(Role role) => role switch
    {
        Role.Soft => Soft,
        Role.Hard => Hard,
        Role.Hybrid => Hybrid,
        Role.Sparse => Sparse,
        Role.Control => Control,
        Role.Exact => Exact,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "This is none of the roles, so it has no colour."),
    };

    /// <summary>A colour let through, for plotly.js.</summary>
    /// <param name="colour">As <c>#RRGGBB</c>.</param>
    /// <param name="opacity">0 nothing, 1 all of it.</param>
    internal static string Faint(string colour, double opacity)
    {
        (byte red, byte green, byte blue) = Components(colour);
        return FormattableString.Invariant($"rgba({red},{green},{blue},{opacity})");
    }

    /// <summary>The red, green and blue of a <c>#RRGGBB</c> colour.</summary>
    internal static (byte Red, byte Green, byte Blue) Components(string colour) =>
        (Convert.ToByte(colour[1..3], 16), Convert.ToByte(colour[3..5], 16), Convert.ToByte(colour[5..7], 16));
}
