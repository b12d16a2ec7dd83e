namespace AttentionNotebooks;

/// <summary>b = f(x), a small network that learns to predict the cost of each example (NVIL, Mnih &amp; Gregor 2014, §2.3: the input-dependent baseline).</summary>
/// <remarks>It learns by squared error. No gradient leaves it for the model: the features are detached.</remarks>
public sealed class LearnedBaseline : Baseline
{
    private readonly Linear hidden;
    private readonly Linear output;

    /// <summary>Makes the network.</summary>
    /// <param name="features">F, how many features of an example it looks at.</param>
    /// <param name="hidden">The width of its hidden layer.</param>
    /// <exception cref="ArgumentOutOfRangeException">A width is below 1.</exception>
    public LearnedBaseline(long features, long hidden = 64) : base(nameof(LearnedBaseline))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        this.hidden = torch.nn.Linear(features, hidden);
        output = torch.nn.Linear(hidden, 1);
        RegisterComponents();
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException">There are no features.</exception>
    public override Expectation forward(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var (costs, features) = (trial.Costs, trial.Features);
        ArgumentNullException.ThrowIfNull(features);
        Shape.Require(costs, nameof(costs), "K", "B");
        Shape.Require(features, nameof(features), costs.shape[1], hidden.in_features);
        using var scope = torch.NewDisposeScope();
        var value = output.call(hidden.call(features.detach()).relu()).squeeze(-1);
        var loss = (value - costs).square().mean();
        return new Expectation(value.MoveToOuterDisposeScope(), loss.MoveToOuterDisposeScope());
    }
}
