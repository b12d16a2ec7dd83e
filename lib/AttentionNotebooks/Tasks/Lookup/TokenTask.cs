namespace AttentionNotebooks;

/// <summary>
/// Self-attention where few pairs of tokens matter: N tokens, one of which asks, six of which know, and the rest fill.
/// All N² pairs related softly, against those of tokens that are selected hard (<see cref="ReinforcedSelfAttention"/>), trained by REINFORCE with a price on every selected token (after Shen et al. 2018).
/// </summary>
public sealed class TokenTask : AttentionTask
{
    private const int Samples = 3;

    private static readonly TrainingOptions Quick = new() { Steps = 500, BatchSize = 32, LearningRate = 1e-2 };

    /// <summary>Draws the test sequences.</summary>
    /// <param name="seed">Where they come from.</param>
    /// <param name="tokens">N, how long a sequence is.</param>
    /// <param name="cards">How many tokens know.</param>
    /// <param name="price">λ, what selecting all tokens costs, in nats.</param>
    /// <param name="testCount">How many test sequences there are.</param>
    public TokenTask(long seed, int tokens = 32, int cards = 6, double price = 2, int testCount = 2000)
        : base("a question among tokens", $"{tokens} tokens, {cards} of them cards", Accuracy, Kept, Pairs)
    {
        (Tokens, Cards, Price) = (tokens, cards, price);
        using var generator = new Generator((ulong)seed, torch.CPU);
        TestSequences = TokenBatch.Draw(testCount, tokens, cards, generator);
        Contenders =
        [
            Of("soft self-attention", Role.Soft, selects: null, () => new NoEstimator()),
            Of("hybrid, ReSA", Role.Hybrid, TokenReader.NearlyAll, () => new Reinforce(new LeaveOneOut(), samples: Samples)),
            // Half of the tokens, by chance, to the end: nothing trains the gates.
            Of("control, random half", Role.Control, selects: 0, () => new NoEstimator()) with { Modes = [Drawn] },
        ];
    }

    /// <summary>Questions answered rightly.</summary>
    public static Metric Accuracy { get; } = new("accuracy");

    /// <summary>Sequences of which the one pair that holds the answer is related.</summary>
    public static Metric Kept { get; } = new("needed pair kept");

    /// <summary>Related pairs, of N².</summary>
    public static Metric Pairs { get; } = new("pairs related", Higher: false);

    /// <summary>The test sequences.</summary>
    public TokenBatch TestSequences { get; }

    /// <inheritdoc/>
    public override long TestCount => TestSequences.Answer.shape[0];

    /// <inheritdoc/>
    public override IReadOnlyList<Contender> Contenders { get; }

    /// <summary>N, how long a sequence is.</summary>
    internal int Tokens { get; }

    /// <summary>How many tokens of it know.</summary>
    internal int Cards { get; }

    /// <summary>λ, what selecting all tokens costs.</summary>
    internal double Price { get; }

    // Tokens are drawn in the test, too.
    private static EvaluationMode Drawn => EvaluationMode.Of<TokenModel>("drawn", (model, generator) => model.Test(generator));

    /// <summary>What a trained contender makes of one test sequence.</summary>
    /// <param name="run">The trained contender.</param>
    /// <param name="sequence">Which, from 0.</param>
    /// <returns>For each pair of tokens its weight, [N, N], the looking one down, its own column empty; which tokens look, which are looked at; where the question stands, and the card that holds the answer.</returns>
    /// <exception cref="ArgumentException">It is of another task.</exception>
    public static TokenLook Look(TaskRun run, int sequence)
    {
        ArgumentNullException.ThrowIfNull(run);
        var model = run.Model as TokenModel ?? throw new ArgumentException($"“{run.Contender}” is a contender of another task.", nameof(run));
        return model.Look(sequence);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) TestSequences.Dispose();
        base.Dispose(disposing);
    }

    private Contender Of(string name, Role role, double? selects, Func<GradientEstimator> estimator) =>
        new(name, role, Quick, generator => new TokenModel(new TokenReader(selects, generator), estimator(), this));
}
