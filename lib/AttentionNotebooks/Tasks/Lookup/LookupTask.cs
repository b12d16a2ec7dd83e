namespace AttentionNotebooks;

/// <summary>
/// The smallest task that attention can have: N cards lie on a table, each with a key; find the one that the query asks for, and read it.
/// What keys and queries are is the cards' matter (<see cref="LookupCards"/>). Whoever cannot find it guesses among N.
/// </summary>
/// <remarks>A step takes about a millisecond: comparisons over several seeds fit in seconds.</remarks>
public sealed class LookupTask : AttentionTask
{
    private const int HiddenFeatures = 32;

    private static readonly TrainingOptions Quick = new() { Steps = 400, LearningRate = 1e-2 };

    private readonly bool encoded;
    private readonly double loudness;

    /// <summary>Lays the cards.</summary>
    /// <param name="cards">What they can be found by.</param>
    /// <param name="seed">Where the test tables come from.</param>
    /// <param name="encoded">Whether readers first send queries and keys through a linear layer each, learned.</param>
    /// <param name="loudness">What readers multiply queries by at first; they learn a better factor.</param>
    /// <param name="testCount">How many test tables there are.</param>
    public LookupTask(LookupCards cards, long seed, bool encoded = false, double loudness = 1, int testCount = 10_000)
        : base("find the card", (cards ?? throw new ArgumentNullException(nameof(cards))).ToString(), Accuracy, Error, Weighed, Entropy)
    {
        (Cards, this.encoded, this.loudness) = (cards, encoded, loudness);
        using var generator = new Generator((ulong)seed, torch.CPU);
        TestTables = Draw(testCount, generator);
        Contenders =
        [
            Scored("dot", () => new DotScore()),
            Scored("scaled dot", () => new ScaledDotScore()),
            Scored("general", () => new GeneralScore(cards.Features, cards.Features)),
            Scored("concat", () => new ConcatScore(cards.Features, cards.Features, HiddenFeatures)),
            Scored("additive", () => new AdditiveScore(cards.Features, cards.Features, HiddenFeatures)),
            Distributed("1.5-entmax", Role.Sparse, () => new Entmax15()),
            Distributed("sparsemax", Role.Sparse, () => new Sparsemax()),
            Distributed("learned α", Role.Hybrid, () => new AlphaEntmax(1.5, learned: true)),
            With(Mechanisms.Average, () => new UniformScore()),
        ];
    }

    /// <summary>Tables of whose cards most is read of the right one.</summary>
    public static Metric Accuracy { get; } = new("accuracy");

    /// <summary>|c − v|², how far what was read is from what stands on the right card: 0 where it alone was read, 2 where another was.</summary>
    public static Metric Error { get; } = new("squared error", Higher: false, Share: false);

    /// <summary>How many cards have a weight that is not exactly 0.</summary>
    public static Metric Weighed { get; } = new("cards weighed", Higher: false, Share: false);

    /// <summary>The entropy of the weights, in nats.</summary>
    public static Metric Entropy { get; } = new("entropy", Higher: false, Share: false);

    /// <summary>The α of a reader whose distribution is an <see cref="AlphaEntmax"/>; no other has it.</summary>
    public static Metric Alpha { get; } = new("α", Share: false);

    /// <summary>What the cards can be found by.</summary>
    public LookupCards Cards { get; }

    /// <summary>The test tables.</summary>
    public LookupBatch TestTables { get; }

    /// <inheritdoc/>
    public override long TestCount => TestTables.Wanted.shape[0];

    /// <summary>The scores, each with softmax; the dot product with the other distributions; all read softly; and the control.</summary>
    public override IReadOnlyList<Contender> Contenders { get; }

    /// <summary>A mechanism as a contender.</summary>
    /// <param name="mechanism">How it attends, and how it is trained.</param>
    /// <param name="score">Makes its score, of queries and keys of the cards' features.</param>
    public Contender With(Mechanism mechanism, Func<Score> score) => Contender.Of(mechanism, Quick, (own, generator) =>
    {
        var reader = new LookupReader(own.Over(score), Cards.Features, encoded, loudness, generator);
        var estimator = own.Estimator(Cards.Features);
        Initialization.Draw(estimator, generator);
        return new LookupModel(reader, estimator, this);
    });

    /// <summary>Draws tables and questions.</summary>
    /// <param name="tables">How many.</param>
    /// <param name="generator">Where the randomness comes from.</param>
    /// <returns>The tables; the caller's.</returns>
    public LookupBatch Draw(long tables, Generator generator) => LookupBatch.Draw(Cards, tables, generator);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) TestTables.Dispose();
        base.Dispose(disposing);
    }

    private Contender Distributed(string name, Role role, Func<Distribution> distribution) =>
        With(Mechanisms.Soft with { Name = name, Role = role, Distribution = distribution, Modes = [new Expected()] }, () => new DotScore());

    private Contender Scored(string name, Func<Score> score) => With(Mechanisms.Soft with { Name = name, Modes = [new Expected()] }, score);
}
