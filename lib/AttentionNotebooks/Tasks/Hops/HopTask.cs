namespace AttentionNotebooks;

/// <summary>
/// Follow the cards to their end and say what stands there. How many cards that takes differs, and only reading tells:
/// a reader that stops too early guesses, one that goes on too long has wasted looks.
/// </summary>
/// <remarks>A training step takes a few milliseconds: comparisons over several seeds fit in a minute.</remarks>
public sealed class HopTask : AttentionTask
{
    private static readonly TrainingOptions Quick = new() { Steps = 300, LearningRate = 3e-2 };

    /// <summary>Lays the cards.</summary>
    /// <param name="cards">The tables.</param>
    /// <param name="seed">Where the test tables come from.</param>
    /// <param name="mostLooks">How many looks a reader that decides for itself may take.</param>
    /// <param name="testCount">How many test tables there are.</param>
    public HopTask(HopCards cards, long seed, int mostLooks = 10, int testCount = 5000)
        : base("follow the cards", (cards ?? throw new ArgumentNullException(nameof(cards))).ToString(), Accuracy, Steps, Shuffled, Even)
    {
        (Cards, MostLooks) = (cards, mostLooks);
        using var generator = new Generator((ulong)seed, torch.CPU);
        TestTables = cards.Draw(testCount, generator);
        Contenders =
        [
            Pondering(0.2, 0.01, "PonderNet, patient"), Pondering(0.9, 0.01, "PonderNet, brisk"), Pondering(0.9, 0.05, "PonderNet, strict"), Adaptive(0.03),
            .. Enumerable.Range(1, cards.Longest).Select(looks => Fixed(looks, everyLook: true)),
        ];
    }

    /// <summary>Tables answered right.</summary>
    public static Metric Accuracy { get; } = new("accuracy");

    /// <summary>The mean number of looks.</summary>
    public static Metric Steps { get; } = new("looks", Higher: false, Share: false);

    /// <summary>Tables answered right if the same numbers of looks are dealt out at random: the same compute, given to the wrong tables.</summary>
    public static Metric Shuffled { get; } = new("accuracy, looks dealt at random");

    /// <summary>Tables answered right if all get the mean number of looks: the same compute, spread evenly.</summary>
    public static Metric Even { get; } = new("accuracy, looks spread evenly");

    /// <summary>How many points of accuracy it is ahead of the same looks spread evenly; negative where it is behind.</summary>
    public static Metric Lead { get; } = new("ahead of even, points", Share: false);

    /// <summary>How many points of accuracy it is ahead of the same looks dealt out at random.</summary>
    public static Metric LeadOverChance { get; } = new("ahead of random, points", Share: false);

    /// <summary>The mean number of looks at the tables of one length.</summary>
    /// <param name="length">How many cards there are to read.</param>
    public static Metric LooksAt(int length) => new($"looks, {length} to read", Higher: false, Share: false);

    /// <summary>Tables of one length answered right.</summary>
    /// <param name="length">How many cards there are to read.</param>
    public static Metric RightAt(int length) => new($"accuracy, {length} to read");

    /// <summary>The tables.</summary>
    public HopCards Cards { get; }

    /// <summary>How many looks a reader that decides for itself may take.</summary>
    public int MostLooks { get; }

    /// <summary>The test tables.</summary>
    public HopBatch TestTables { get; }

    /// <inheritdoc/>
    public override long TestCount => TestTables.Count;

    /// <summary>PonderNet with three priors, ACT, and the controls that look equally often at all tables.</summary>
    public override IReadOnlyList<Contender> Contenders { get; }

    /// <summary>A reader that stops as PonderNet does (Banino et al. 2021).</summary>
    /// <param name="prior">λ of the geometric prior, between 0 and 1.</param>
    /// <param name="regularization">β, how much it counts.</param>
    /// <param name="name">What it is called.</param>
    public Contender Pondering(double prior = 0.3, double regularization = 0.01, string name = "PonderNet") => new(name, Role.Hybrid, Quick, generator =>
    {
        var net = new PonderNet(Cards.Features + Cards.Answers, MostLooks);
        Initialization.DrawNarrow(net, generator);
        return new PonderingHops(Reader(generator), net, Prior(prior), regularization, this);
    })
    { Modes = [new Expected(), new MostLikely()] };

    /// <summary>A reader that stops as adaptive computation time does (Graves 2016).</summary>
    /// <param name="price">τ ≥ 0, what a look costs.</param>
    /// <param name="name">What it is called.</param>
    public Contender Adaptive(double price = 0.01, string name = "ACT") => new(name, Role.Soft, Quick, generator =>
    {
        var halting = new AdaptiveComputation(Cards.Features + Cards.Answers, MostLooks);
        Initialization.DrawNarrow(halting, generator);
        return new AdaptiveHops(Reader(generator), halting, price, this);
    })
    { Modes = [new Expected(), new MostLikely()] };

    /// <summary>The control: as many looks for every table.</summary>
    /// <param name="looks">How many, 1 or more.</param>
    /// <param name="everyLook">Whether it is told after every look how far off it is, as PonderNet is; if not, after the last one only.</param>
    public Contender Fixed(int looks, bool everyLook)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(looks, 1);
        return new(everyLook ? $"fixed, {looks}" : $"fixed, {looks}, graded once", Role.Control, Quick, generator => new FixedHops(Reader(generator), looks, everyLook, this))
        {
            Modes = [new Expected(), new MostLikely()],
        };
    }

    /// <summary>How a trained reader fares on tables, by how many cards they take.</summary>
    /// <param name="run">The trained reader.</param>
    /// <param name="tables">The tables; null for the test tables.</param>
    /// <param name="mode">The read; null for the usual one.</param>
    public IReadOnlyList<HopGroup> ByLength(TaskRun run, HopBatch? tables = null, Read? mode = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        using var generator = new Generator((ulong)run.Seed, torch.CPU);
        var model = (HopModel)run.Model;
        var batch = (tables ?? TestTables).To(model.Reader.Device());
        return HopGroup.Of(model.Read(batch, mode, generator), batch);
    }

    /// <summary>When a PonderNet would halt, by how many cards a table takes.</summary>
    /// <param name="run">The trained reader.</param>
    /// <returns>The mean of p_n, [length, n], both counted from 1; a row sums to 1.</returns>
    /// <exception cref="ArgumentException">The reader is no PonderNet.</exception>
    public float[,] Halting(TaskRun run)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var model = PonderNetOf(run);
        var batch = TestTables.To(model.Reader.Device());
        var p = model.All(batch).Halting.LogProbabilities.exp();
        return HeatMap.Matrix(
            [.. Enumerable.Range(1, Cards.Longest).SelectMany(length => p.index_select(0, batch.Length.eq(length).nonzero().squeeze(1)).mean([0]).to(torch.float32).cpu().data<float>().ToArray())],
            Cards.Longest);
    }

    /// <summary>Where a PonderNet looks at a test table, look by look, and when it would halt.</summary>
    /// <param name="run">The trained reader.</param>
    /// <param name="table">Which test table.</param>
    /// <returns>The weights [looks, N], the cards in the order in which they are to be read; and p_n.</returns>
    /// <exception cref="ArgumentException">The reader is no PonderNet.</exception>
    public (float[,] Weights, double[] Halting) Looks(TaskRun run, int table)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var model = PonderNetOf(run);
        var one = new HopBatch(Row(TestTables.Names), Row(TestTables.Contents), Row(TestTables.Path), Row(TestTables.Length), Row(TestTables.Answer)).To(model.Reader.Device());
        var seen = new List<float>();
        var all = model.All(one, weights => seen.AddRange(weights.gather(1, one.Path).cpu().data<float>().ToArray()));
        return (HeatMap.Matrix(seen, MostLooks), [.. all.Halting.LogProbabilities.exp().flatten().to(torch.float64).cpu().data<double>().ToArray()]);

        Tensor Row(Tensor batch) => batch.narrow(0, table, 1);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) TestTables.Dispose();
        base.Dispose(disposing);
    }

    private static PonderingHops PonderNetOf(TaskRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Model as PonderingHops ?? throw new ArgumentException($"{run.Contender} has no halting distribution.", nameof(run));
    }

    private HaltingDistribution Prior(double probability)
    {
        var prior = HaltingDistribution.Geometric(probability, MostLooks);
        prior.LogProbabilities.DetachFromDisposeScope();
        return prior;
    }

    private HopReader Reader(Generator generator) =>
        new(new Attention(new GeneralScore(Cards.Features, Cards.Features), new Softmax(), new Expected()), Cards, generator);
}
