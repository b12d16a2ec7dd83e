namespace AttentionNotebooks;

/// <summary>
/// Answers questions by two glimpses (after Yang et al. 2016, stacked attention): the question says where to look first, and question and glimpse together where next.
/// The answer is made of both, and of the mean of all places, which tells what is in the picture but not where. Nothing in here knows whether the attention is soft or hard.
/// </summary>
public sealed class ClevrReader : ClevrModel
{
    /// <summary>F, what is known before the first choice: the question, and what is in the picture, wherever it is.</summary>
    public const int KnownFeatures = ClevrQuestion.CodeLength + ClevrEye.Channels;

    /// <summary>Dq = Dk, the features of queries and keys.</summary>
    public const int KeyFeatures = 32;

    private const int Hidden = 128;

    private readonly ClevrEye eye = new();
    private readonly Linear offer;
    private readonly Linear ask;
    private readonly Sequential askAgain;
    private readonly Sequential answer;
    private readonly Attention attention;

    /// <summary>Makes a reader, with weights drawn from the generator.</summary>
    /// <param name="attention">Where to look and how, at both glimpses: any score that takes <see cref="KeyFeatures"/> of both, any distribution, any read.</param>
    /// <param name="generator">Where the initial weights come from.</param>
    public ClevrReader(Attention attention, Generator generator) : base(nameof(ClevrReader))
    {
        ArgumentNullException.ThrowIfNull(attention);
        this.attention = attention;
        offer = torch.nn.Linear(ClevrEye.Features, KeyFeatures, hasBias: false);
        ask = torch.nn.Linear(ClevrQuestion.CodeLength, KeyFeatures);
        askAgain = Perceptron(ClevrQuestion.CodeLength + ClevrEye.Features, Hidden, KeyFeatures);
        answer = Perceptron(KnownFeatures + 2 * ClevrEye.Features, Hidden, SortOfClevr.Answers.Count);
        RegisterComponents();
        Initialization.Draw(this, generator);
    }

    /// <inheritdoc/>
    public override T ReadAs<T>(Read? other, Func<T> run) => attention.ReadAs(other, run);

    /// <inheritdoc/>
    public override ClevrReading forward(Tensor images, Tensor questions, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        return See(images, questions)(generator).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    internal override Func<Generator?, ClevrReading> See(Tensor images, Tensor questions)
    {
        Require(images, questions);
        var places = eye.call(images);
        var keys = offer.call(places);
        return generator => Answer(places, keys, questions, generator);
    }

    private ClevrReading Answer(Tensor places, Tensor keys, Tensor questions, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        var first = attention.forward(ask.call(questions), keys, places, generator: generator);
        var soFar = torch.cat([questions, first.Context], -1);
        var second = attention.forward(askAgain.call(soFar), keys, places, generator: generator);
        // No glimpse tells how many there are of a kind. Every mechanism has the overview, the controls too, so that they differ in aiming alone.
        var overview = Overview(places, questions);
        var logits = answer.call(torch.cat([soFar, second.Context, overview], -1));
        return new ClevrReading(
            logits.MoveToOuterDisposeScope(),
            [first.MoveToOuterDisposeScope(), second.MoveToOuterDisposeScope()],
            torch.cat([questions, overview.detach()], -1).MoveToOuterDisposeScope());
    }
}
