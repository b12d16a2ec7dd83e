namespace AttentionNotebooks;

/// <summary>How to train through a choice: from each example's loss and its recorded choices to a surrogate whose gradient estimates that of the expected loss.</summary>
/// <remarks>
/// Where nothing was left to chance, the surrogate is the mean loss itself: an estimator may stay in place whatever the read.
/// It is a module, since it may learn (a baseline): give its parameters to the optimizer beside the model's.
/// </remarks>
public abstract class GradientEstimator : torch.nn.Module
{
    /// <summary>Names the estimator after its class.</summary>
    protected GradientEstimator(string name) : base(name)
    {
    }

    /// <summary>The loss to call <c>backward</c> on.</summary>
    /// <param name="losses">ℓ [B], the loss of each example; it may depend on parameters.</param>
    /// <param name="attended">What the attention recorded.</param>
    /// <param name="features">[B, F], what a learned baseline may look at: anything known before the choice was made.</param>
    /// <param name="costs">[B], what the choice is to make small, where that is not the loss itself (an error of 0 or 1, a negative reward).</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="ArgumentException">A shape does not fit; the message names the tensor.</exception>
    public abstract Tensor Surrogate(Tensor losses, AttentionResult attended, Tensor? features = null, Tensor? costs = null);
}
