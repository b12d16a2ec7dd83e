namespace AttentionNotebooks;

/// <summary>
/// Say, at every place of a series of symbols, which symbol stood a little before it and which long before it.
/// Two of the reader's heads have something to look for, one near and one far; what the others look at does not matter.
/// </summary>
/// <remarks>Heads look by distance alone: there is nothing else to find a place by.</remarks>
public sealed class SpanTask : AttentionTask
{
    private static readonly TrainingOptions Quick = new() { Steps = 250, BatchSize = 16, LearningRate = 3e-2 };

    /// <summary>Draws the test series.</summary>
    /// <param name="seed">Where they come from.</param>
    /// <param name="near">How far back the near symbol stands, 1 or more.</param>
    /// <param name="far">How far back the far symbol stands, more than <paramref name="near"/>.</param>
    /// <param name="heads">K, how many heads a reader has.</param>
    /// <param name="longest">S, the longest span.</param>
    /// <param name="testCount">How many test series there are.</param>
    public SpanTask(long seed, int near = 2, int far = 12, int heads = 4, int longest = 32, int testCount = 200)
        : base("say what stood before", $"{near} and {far} places before", Accuracy, Near, Far, Places)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(near, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(far, near);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(longest, far);
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        (Distances, Heads, Longest) = ([near, far], heads, longest);
        using var generator = new Generator((ulong)seed, torch.CPU);
        TestSeries = Draw(testCount, generator);
        var best = far + 1 - Ramp;
        Contenders =
        [
            Adaptive(), Adaptive(2, "learned span, dear"), Adaptive(0.5, "learned span, short at first", initialSpan: near),
            Fixed(longest, "full span"), Fixed(best, "best fixed span"), Fixed(best / 2, "half the best span"),
        ];
    }

    /// <summary>Symbols said right.</summary>
    public static Metric Accuracy { get; } = new("accuracy");

    /// <summary>Near symbols said right.</summary>
    public static Metric Near { get; } = new("near");

    /// <summary>Far symbols said right.</summary>
    public static Metric Far { get; } = new("far");

    /// <summary>The share of places left to compute, of all heads together: those with a weight, among those within the longest span.</summary>
    public static Metric Places { get; } = new("places", Higher: false);

    /// <summary>V, how many symbols there are.</summary>
    public static int Symbols => 6;

    /// <summary>R, over which a span's mask falls from 1 to 0.</summary>
    public static double Ramp => 3;

    /// <summary>How far back the near and the far symbol stand.</summary>
    public IReadOnlyList<int> Distances { get; }

    /// <summary>K, how many heads a reader has.</summary>
    public int Heads { get; }

    /// <summary>S, the longest span.</summary>
    public int Longest { get; }

    /// <summary>T, the length of a series.</summary>
    public int Length => Longest + 8;

    /// <summary>The test series, int64 [B, T].</summary>
    public Tensor TestSeries { get; }

    /// <inheritdoc/>
    public override long TestCount => TestSeries.shape[0] * (Length - Distances[1]) * 2;

    /// <summary>Learned spans, and as controls the longest, the shortest that reaches far enough, and half of that.</summary>
    public override IReadOnlyList<Contender> Contenders { get; }

    /// <summary>A reader whose heads learn their spans, all from the longest on (Sukhbaatar et al. 2019).</summary>
    /// <param name="price">λ ≥ 0, what a place of the mean span costs.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="initialSpan">The spans at first; the longest unless given.</param>
    public Contender Adaptive(double price = 0.5, string name = "learned span", double? initialSpan = null) =>
        new(name, Role.Hybrid, Quick, generator => new SpanModel(new SpanReader(this, initialSpan ?? Longest, learned: true, generator), price, this));

    /// <summary>A control whose heads all have the same span.</summary>
    /// <param name="span">z, 0 or more.</param>
    /// <param name="name">What it is called.</param>
    public Contender Fixed(double span, string name) =>
        new(name, Role.Control, Quick, generator => new SpanModel(new SpanReader(this, span, learned: false, generator), 0, this));

    /// <summary>Draws series.</summary>
    /// <param name="count">How many.</param>
    /// <param name="generator">Where the randomness comes from.</param>
    /// <returns>int64 [B, T]; the caller's.</returns>
    public Tensor Draw(long count, Generator generator) => torch.randint(Symbols, [count, Length], torch.int64, generator: generator);

    /// <summary>How far the heads of a trained reader reach, the shortest first: as far as a place has a weight.</summary>
    /// <param name="run">The trained reader.</param>
    /// <returns>z + R of each head, at most <see cref="Longest"/>.</returns>
    public static IReadOnlyList<double> Reaches(TaskRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return [.. ((SpanModel)run.Model).Reader.Reaches().Order()];
    }

    /// <summary>What the heads of a trained reader look at, the one that reaches least first.</summary>
    /// <param name="run">The trained reader.</param>
    /// <returns>[heads, distance], the weights at the last place of a series.</returns>
    public static float[,] Weights(TaskRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return ((SpanModel)run.Model).Reader.Profile();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) TestSeries.Dispose();
        base.Dispose(disposing);
    }
}
