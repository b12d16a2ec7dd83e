using System.Globalization;

namespace AttentionNotebooks;

/// <summary>A way in which attention has failed, and how one can tell.</summary>
/// <param name="Failure">What has failed, in a few words.</param>
/// <param name="Measure">What was measured.</param>
/// <param name="Limit">Where it would still be taken for healthy.</param>
/// <param name="Remedy">What usually helps.</param>
public sealed record Finding(string Failure, double Measure, double Limit, string Remedy)
{
    /// <summary>In a sentence.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Failure}: {Measure:G3}, beyond {Limit:G3}. {Remedy}");
}
