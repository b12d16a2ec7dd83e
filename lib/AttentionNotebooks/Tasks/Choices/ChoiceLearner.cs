namespace AttentionNotebooks;

/// <summary>A small choice in training: its scores are all that is learned.</summary>
internal sealed class ChoiceLearner : torch.nn.Module, ITaskModel
{
    private readonly SmallChoice choice;
    private readonly Read read;
    private readonly GradientEstimator estimator;
    private readonly Parameter scores;

    /// <summary>Begins at the scores that the choice has.</summary>
    /// <param name="choice">The choice; it stays the caller's.</param>
    /// <param name="mechanism">The read that is trained, and how. One that does not aim keeps equal scores.</param>
    /// <param name="generator">Where the weights of an estimator come from.</param>
    public ChoiceLearner(SmallChoice choice, Mechanism mechanism, Generator generator) : base(nameof(ChoiceLearner))
    {
        (this.choice, read) = (choice, mechanism.Read());
        estimator = mechanism.Aims ? choice.Make(mechanism, generator) : new NoEstimator();
        scores = torch.nn.Parameter(mechanism.Aims ? choice.Scores.clone() : torch.zeros_like(choice.Scores));
        RegisterComponents();
    }

    public IReadOnlyList<torch.nn.Module> Modules => [this];

    public TrainingStep Step(TrainingMoment moment)
    {
        var tries = scores.unsqueeze(0).expand(moment.BatchSize, -1, -1);
        var (surrogate, _) = choice.Surrogate(estimator, tries, read, moment.Generator);
        // Where nothing moves the scores, there is still something to go back through.
        var loss = surrogate.requires_grad ? surrogate : surrogate + 0 * scores.sum();
        return new TrainingStep(loss, Measured().ToDictionary(metric => metric.Key, metric => torch.tensor(metric.Value), StringComparer.Ordinal));
    }

    public IReadOnlyDictionary<string, double> Test(Read? mode, Generator generator) => new Dictionary<string, double>(Measured(), StringComparer.Ordinal) { [ChoiceReport.BestPlace] = choice.OnTheBest(scores) };

    // Exact, whatever was drawn.
    private Dictionary<string, double> Measured() => new(StringComparer.Ordinal)
    {
        [ChoiceReport.ExpectedLoss] = choice.ExpectedLoss(scores),
        [ChoiceReport.AboveTheBest] = choice.ExpectedLoss(scores) - choice.LeastLoss(),
    };
}
