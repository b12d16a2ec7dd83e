namespace AttentionNotebooks;

/// <summary>The element at which a gradient differs most from its central difference.</summary>
/// <param name="Input">Which input, counted from 0.</param>
/// <param name="Element">Which element of it, row by row.</param>
/// <param name="Analytic">The gradient that came back.</param>
/// <param name="Numeric">The central difference.</param>
/// <param name="Checked">How many elements were compared.</param>
public sealed record GradCheckResult(int Input, long Element, double Analytic, double Numeric, long Checked)
{
    /// <summary>|analytic − numeric| / max(1, |analytic|, |numeric|); NaN counts as ∞.</summary>
    public double Error
    {
        get
        {
            var error = Math.Abs(Analytic - Numeric) / Math.Max(1, Math.Max(Math.Abs(Analytic), Math.Abs(Numeric)));
            return double.IsNaN(error) ? double.PositiveInfinity : error;
        }
    }

    /// <summary>Whether every element agrees within a tolerance.</summary>
    /// <param name="tolerance">The greatest error allowed; central differences in float64 reach about 1e-8.</param>
    public bool Within(double tolerance = 1e-6) => Checked > 0 && Error <= tolerance;
}
