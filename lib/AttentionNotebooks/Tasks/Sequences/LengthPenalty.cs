namespace AttentionNotebooks;

/// <summary>What the log-probability of a sequence is divided by before sequences of different length are compared: without it, short ones win.</summary>
public sealed class LengthPenalty
{
    private readonly Func<int, double> of;

    private LengthPenalty(Func<int, double> of) => this.of = of;

    /// <summary>1: the log-probability itself is compared.</summary>
    public static LengthPenalty None { get; } = new(_ => 1);

    /// <summary>|Y|: the mean log-probability of a token, the end included, is compared.</summary>
    public static LengthPenalty Mean { get; } = new(length => length);

    /// <summary>(5 + |Y|)^α / (5 + 1)^α (Wu et al. 2016, eq. 14, without the coverage).</summary>
    /// <param name="alpha">α ≥ 0: 0 is <see cref="None"/>; the paper found 0.6 to 0.7 best.</param>
    /// <exception cref="ArgumentOutOfRangeException">α is negative or not a number.</exception>
    public static LengthPenalty Gnmt(double alpha = 0.6)
    {
        if (!(alpha >= 0) || double.IsInfinity(alpha)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "α is 0 or more.");
        // lp(Y) = (5 + |Y|)^α / (5 + 1)^α   Wu 2016, eq. 14
        return new(length => Math.Pow((5.0 + length) / 6, alpha));
    }

    /// <summary>The divisor: positive, and never smaller for a longer sequence.</summary>
    /// <param name="length">|Y| ≥ 1, how many tokens, the end included.</param>
    public double Of(int length) => of(length);
}
