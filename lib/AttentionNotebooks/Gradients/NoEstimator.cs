namespace AttentionNotebooks;

/// <summary>Nothing is done about the choice: the mean loss of one run, and whatever gradient it has by itself. A control.</summary>
/// <remarks>Through a drawn location no gradient reaches the scores; what is read there still learns.</remarks>
public sealed class NoEstimator : GradientEstimator
{
    /// <summary>Makes it.</summary>
    public NoEstimator() : base(nameof(NoEstimator))
    {
    }

    /// <inheritdoc/>
    public override Tensor Surrogate(Func<Read?, Outcome> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var scope = torch.NewDisposeScope();
        var outcome = run(null);
        // E[∇ℓ], without E[ℓ ∇ log p(z)]
        return outcome.Losses.sum().div(outcome.Losses.shape[0]).MoveToOuterDisposeScope();
    }
}
