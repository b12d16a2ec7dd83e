namespace AttentionNotebooks;

/// <summary>
/// The hybrid: K of the N places are chosen hard, whatever the question (bottom-up; Malinowski et al. 2018); soft attention finds the object asked about among them
/// (top-down; Anderson et al. 2018), and only these K are related to it (after the relation network, Santoro et al. 2017, eq. 1). The choice is made once for all questions of a picture.
/// </summary>
/// <remarks>
/// A question costs K relations instead of N. With K = N nothing is chosen, and it is the reference without a hard part.
/// What stands out is told by contrast (Itti, Koch &amp; Niebur 1998): the share of the pixels around a place that are not of the background, whatever their colour. It needs no estimator.
/// The norm of a place's learned features, the choice of Malinowski et al., misses half of the grey objects here: what is pale stands out less, and what was not chosen is not learned from.
/// </remarks>
public sealed class ClevrRelations : ClevrModel
{
    private const int KeyFeatures = 32;
    private const int RelationFeatures = 64;
    private const int Hidden = 128;
    private const int Around = 9; // Pixels from a place to the next: every pixel is around one place.
    private const int SoFar = ClevrQuestion.CodeLength + ClevrEye.Features;

    private readonly ClevrEye eye = new();
    private readonly Attention choose;
    private readonly Attention find;
    private readonly Linear offer;
    private readonly Linear ask;
    private readonly Linear ofAsked;
    private readonly Linear ofOther;
    private readonly Linear relate;
    private readonly Sequential answer;

    /// <summary>Makes the model, with weights drawn from the generator.</summary>
    /// <param name="places">K, how many places are chosen, in 1..N.</param>
    /// <param name="generator">Where the initial weights come from.</param>
    /// <exception cref="ArgumentOutOfRangeException">K is out of its range.</exception>
    public ClevrRelations(int places, Generator generator) : base(nameof(ClevrRelations))
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(places, ClevrEye.Places.Count);
        Count = places;
        choose = new Attention(new DotScore(), new Softmax(), new TopK(places));
        find = new Attention(new ScaledDotScore(), new Softmax(), new Expected());
        offer = torch.nn.Linear(ClevrEye.Features, KeyFeatures, hasBias: false);
        ask = torch.nn.Linear(ClevrQuestion.CodeLength, KeyFeatures);
        ofAsked = torch.nn.Linear(SoFar, RelationFeatures);
        ofOther = torch.nn.Linear(ClevrEye.Features, RelationFeatures, hasBias: false);
        relate = torch.nn.Linear(RelationFeatures, RelationFeatures);
        answer = Perceptron(SoFar + RelationFeatures + ClevrEye.Channels, Hidden, SortOfClevr.Answers.Count);
        RegisterComponents();
        Initialization.Draw(this, generator);
    }

    /// <summary>K, how many places are chosen.</summary>
    public int Count { get; }

    /// <inheritdoc/>
    public override T ReadAs<T>(Read? other, Func<T> run) => choose.ReadAs(other, run);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The read does not choose.</exception>
    public override ClevrReading forward(Tensor images, Tensor questions, Generator? generator)
    {
        Require(images, questions);
        using var scope = torch.NewDisposeScope();
        var places = eye.call(images);
        var (choice, chosen) = Choose(images, places, generator);
        var found = find.forward(ask.call(questions), offer.call(chosen), chosen, generator: generator);
        var soFar = torch.cat([questions, found.Context], -1);
        var logits = answer.call(torch.cat([soFar, Relate(soFar, chosen), Overview(places, questions)], -1));
        return new ClevrReading(logits.MoveToOuterDisposeScope(), [Spread(found, choice).MoveToOuterDisposeScope()], questions.alias().MoveToOuterDisposeScope());
    }

    /// <summary>How much each place stands out.</summary>
    /// <param name="images">[B, 3, 75, 75], 0 where there is background.</param>
    /// <returns>[B, N], in 0..1.</returns>
    internal static Tensor Salience(Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        var isPainted = images.detach().amax([1], keepdim: true).gt(0).to(images.dtype);
        return torch.nn.functional.avg_pool2d(isPainted, Around, Around, padding: Around / 3).flatten(1).MoveToOuterDisposeScope();
    }

    // [B, K], and the features there [B, K, D].
    private (Tensor Choice, Tensor Chosen) Choose(Tensor images, Tensor places, Generator? generator)
    {
        var salience = Salience(images).unsqueeze(-1);
        var picked = choose.forward(torch.ones_like(salience.narrow(1, 0, 1)), salience, places, generator: generator);
        var choice = picked.Choice?.squeeze(1) ?? throw new InvalidOperationException("The hybrid relates chosen places; give it a read that chooses, such as TopK.");
        return (choice, Values.FromTensor(places).At(choice));
    }

    private Tensor Relate(Tensor soFar, Tensor chosen)
    {
        // a = f(Σⱼ g(oᵢ, oⱼ, q)), with i the object asked about   Santoro 2017, eq. 1
        var pairs = ofAsked.call(soFar).unsqueeze(2) + ofOther.call(chosen).unsqueeze(1);
        return relate.call(pairs.relu()).relu().mean([2]);
    }

    // Weights over K of the N places, as weights over all.
    private static AttentionResult Spread(AttentionResult found, Tensor choice)
    {
        var index = choice.unsqueeze(1).expand_as(found.Weights);
        var weights = found.Weights.new_zeros(index.shape[0], index.shape[1], ClevrEye.Places.Count).scatter(2, index, found.Weights);
        return new AttentionResult(found.Context, Categorical.Of(weights));
    }
}
