namespace AttentionNotebooks;

/// <summary>A claim with what was measured.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Effects">Its comparisons, each with its effect.</param>
public sealed record Judgement(Claim Claim, IReadOnlyList<(Comparison Comparison, PairedEffect Effect)> Effects)
{
    /// <summary>The verdict, by the rule of <see cref="Claim.Judge"/>.</summary>
    public Verdict Verdict => (Count(Verdict.Supported), Count(Verdict.NotSupported)) switch
    {
        ( > 0, > 0) => Verdict.Depends,
        (0, > 0) => Verdict.NotSupported,
        ( > 0, 0) when Count(Verdict.Supported) == Effects.Count => Verdict.Supported,
        _ => Verdict.Undecided,
    };

    /// <summary>How many of the comparisons come out so.</summary>
    /// <param name="verdict">How.</param>
    public int Count(Verdict verdict) => Effects.Count(effect => effect.Effect.Judge(effect.Comparison.Least) == verdict);

    /// <summary>The fewest and the most seeds behind a comparison; 0 where there is none.</summary>
    public (int Fewest, int Most) Seeds => Effects.Count == 0 ? (0, 0) : (Effects.Min(effect => effect.Effect.Seeds), Effects.Max(effect => effect.Effect.Seeds));

    /// <summary>The verdict as people write it.</summary>
    public string Words => Verdict switch
    {
        Verdict.Supported => "supported",
        Verdict.NotSupported => "not supported",
        Verdict.Depends => "depends",
        _ => "undecided",
    };
}
