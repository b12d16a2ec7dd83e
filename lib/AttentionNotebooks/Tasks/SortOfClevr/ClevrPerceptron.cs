namespace AttentionNotebooks;

/// <summary>The baseline without attention, CNN+MLP (Santoro et al. 2017, §4.2): all places and the question at once, through two layers. It may be blind to one of the two, as a control.</summary>
public sealed class ClevrPerceptron : ClevrModel
{
    private const int Hidden = 256;

    private readonly ClevrEye eye = new();
    private readonly Linear ofPicture;
    private readonly Linear ofQuestion;
    private readonly Sequential answer;
    private readonly bool seesPicture;
    private readonly bool seesQuestion;

    /// <summary>Makes the network, with weights drawn from the generator.</summary>
    /// <param name="generator">Where the initial weights come from.</param>
    /// <param name="seesPicture">Whether it gets the picture; if not, it gets nothing in its place.</param>
    /// <param name="seesQuestion">Whether it gets the question.</param>
    public ClevrPerceptron(Generator generator, bool seesPicture = true, bool seesQuestion = true) : base(nameof(ClevrPerceptron))
    {
        (this.seesPicture, this.seesQuestion) = (seesPicture, seesQuestion);
        // One layer on both, in two parts: that of the picture is computed once for all its questions.
        ofPicture = torch.nn.Linear(ClevrEye.Places.Count * ClevrEye.Features, Hidden);
        ofQuestion = torch.nn.Linear(ClevrQuestion.CodeLength, Hidden, hasBias: false);
        answer = torch.nn.Sequential(torch.nn.ReLU(), torch.nn.Linear(Hidden, Hidden), torch.nn.ReLU(), torch.nn.Linear(Hidden, SortOfClevr.Answers.Count));
        RegisterComponents();
        Initialization.Draw(this, generator);
    }

    /// <inheritdoc/>
    public override ClevrReading forward(Tensor images, Tensor questions, Generator? generator)
    {
        Require(images, questions);
        using var scope = torch.NewDisposeScope();
        var picture = seesPicture ? ofPicture.call(eye.call(images).flatten(1)) : ofPicture.bias!.expand(images.shape[0], Hidden);
        var question = ofQuestion.call(seesQuestion ? questions : torch.zeros_like(questions));
        var logits = answer.call(picture.unsqueeze(1) + question);
        return new ClevrReading(logits.MoveToOuterDisposeScope(), [], questions.alias().MoveToOuterDisposeScope());
    }
}
