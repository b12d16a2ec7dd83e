namespace AttentionNotebooks;

/// <summary>b = the mean cost of the other runs of the same example (Kool et al. 2019, eq. 8, RLOO): nothing is learned, and it costs K runs, at least two.</summary>
public sealed class LeaveOneOut : Baseline
{
    /// <summary>Makes the baseline.</summary>
    public LeaveOneOut() : base(nameof(LeaveOneOut))
    {
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is one run only.</exception>
    public override Expectation forward(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        Shape.Require(trial.Costs, nameof(trial.Costs), "K", "B");
        var k = trial.Costs.shape[0];
        if (k < 2) throw new InvalidOperationException("Leave-one-out compares a run with the others: ask the estimator for at least 2 samples.");
        using var scope = torch.NewDisposeScope();
        // b_k = Σ_{j≠k} ℓ_j / (K − 1)   Kool 2019, eq. 8
        return new Expectation(((trial.Costs.sum([0], keepdim: true) - trial.Costs) / (k - 1)).MoveToOuterDisposeScope());
    }
}
