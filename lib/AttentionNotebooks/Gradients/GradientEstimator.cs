namespace AttentionNotebooks;

/// <summary>How to train through a choice: from runs of a model to a surrogate loss whose gradient estimates that of the expected loss.</summary>
/// <remarks>
/// The model is given as a function that runs it on the present batch, with its own read or with one that the estimator needs: the likeliest location, each in turn, a relaxed draw.
/// Where nothing was left to chance, the surrogate is the mean loss itself: an estimator may stay in place whatever the read.
/// It is a module, since it may learn (a baseline, a control variate): give its parameters to the optimizer beside the model's.
/// </remarks>
public abstract class GradientEstimator : torch.nn.Module
{
    /// <summary>Names the estimator after its class.</summary>
    protected GradientEstimator(string name) : base(name)
    {
    }

    /// <summary>The loss to call <c>backward</c> on.</summary>
    /// <param name="run">Runs the model on the present batch: with the read it is given, or its own where that is null. It is called within one dispose scope, from which it moves out what is to stay.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="ArgumentException">A shape does not fit; the message names the tensor.</exception>
    public abstract Tensor Surrogate(Func<Read?, Outcome> run);
}
