namespace AttentionNotebooks;

/// <summary>The mechanisms that were made for speech, beside those of every task: they know where they were.</summary>
public static class SpeechMechanisms
{
    // w, the locations of a chunk, as the paper has it for speech (§3.1).
    private const int Chunk = 2;

    /// <summary>All locations, weighed, with an eye on what was attended to last (Chorowski et al. 2015).</summary>
    public static Mechanism LocationAware { get; } = Mechanisms.Soft with { Name = "soft, location-aware" };

    /// <summary>The first location after the last one at which a process stops, trained in expectation with noise, tested hard (Raffel et al. 2017).</summary>
    public static Mechanism Monotonic { get; } = new("hard, monotonic", Role.Hard, () => new Monotonic(noise: 1), () => new Expected(), [new MostLikely()]);

    /// <summary>A few locations, weighed, up to where such a process stops, tested with hard stops (Chiu &amp; Raffel 2018).</summary>
    public static Mechanism Chunkwise { get; } = new("hybrid, MoChA", Role.Hybrid, () => new Mocha(Chunk, noise: 1), () => new Expected(), [new Expected()]);

    /// <summary>The score that a mechanism takes in a task that goes step by step.</summary>
    /// <param name="mechanism">The mechanism.</param>
    /// <param name="queryFeatures">Dq.</param>
    /// <param name="keyFeatures">Dk.</param>
    /// <param name="hiddenFeatures">The width of its hidden layer.</param>
    public static Score Score(Mechanism mechanism, long queryFeatures, long keyFeatures, long hiddenFeatures)
    {
        if (mechanism == LocationAware) return new LocationAwareScore(queryFeatures, keyFeatures, hiddenFeatures, filters: 8, width: 11);
        if (mechanism == Monotonic) return Stopping();
        if (mechanism == Chunkwise) return new ScorePair(Stopping(), new AdditiveScore(queryFeatures, keyFeatures, hiddenFeatures));
        return new AdditiveScore(queryFeatures, keyFeatures, hiddenFeatures);

        // Steeper from the start than in the paper, for a run of hundreds of steps: where all energies are alike, so is the chance to stop anywhere.
        Score Stopping() => new NormalizedAdditiveScore(queryFeatures, keyFeatures, hiddenFeatures, offset: -1, scale: 1);
    }
}
