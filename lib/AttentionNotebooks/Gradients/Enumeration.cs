namespace AttentionNotebooks;

/// <summary>Every choice in turn, instead of a draw: exact, at the price of a run of the model for each.</summary>
/// <remarks>T choices of N locations are N^T runs; N where each step's loss depends on its own choice alone, and the model says so by losses [B, T] (Wu et al. 2018, §3).</remarks>
public abstract class Enumeration : GradientEstimator
{
    private readonly int limit;

    /// <summary>Names the estimator after its class.</summary>
    /// <param name="name">The class.</param>
    /// <param name="limit">How many runs it may take at most.</param>
    private protected Enumeration(string name, int limit) : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        this.limit = limit;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There are more choices than it may take runs, or choices that are not discrete.</exception>
    public sealed override Tensor Surrogate(Func<Read?, Outcome> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var scope = torch.NewDisposeScope();
        var (losses, logProbabilities) = (new List<Tensor>(), new List<Tensor>());
        var (count, together) = (1.0, false);
        for (long number = 0; number < count; number++)
        {
            var read = new InTurn(number, together, scope);
            var outcome = run(read);
            if (number == 0)
            {
                together = outcome.Losses.dim() == 2;
                count = together ? read.CountOfOne : read.Count;
                if (count > limit) throw new InvalidOperationException($"There are {count} choices to enumerate, and {limit} runs are allowed: take an estimator that samples, or raise the limit.");
            }

            var logProbability = read.LogProbability();
            Shape.Require(logProbability, nameof(logProbability), outcome.Losses.shape[0], together ? outcome.Losses.shape[1] : "T");
            losses.Add(outcome.Losses);
            logProbabilities.Add(together ? logProbability : logProbability.sum(-1));
        }

        return Combine(torch.stack(losses), torch.stack(logProbabilities)).sum().div(losses[0].shape[0]).MoveToOuterDisposeScope();
    }

    /// <summary>The loss of each example, from what every choice costs and how likely it is.</summary>
    /// <param name="losses">ℓ [C, B] or [C, B, T] for C choices.</param>
    /// <param name="logProbabilities">log p [C, B] or [C, B, T]; −∞ for a choice that cannot be made.</param>
    /// <returns>[B] or [B, T].</returns>
    private protected abstract Tensor Combine(Tensor losses, Tensor logProbabilities);
}
