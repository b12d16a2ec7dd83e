namespace AttentionNotebooks;

/// <summary>The cost to be expected before a choice is made: what a choice is compared with.</summary>
public abstract class Baseline : torch.nn.Module
{
    /// <summary>Names the baseline after its class.</summary>
    protected Baseline(string name) : base(name)
    {
    }

    /// <summary>Predicts the cost of each example, without regard to what was chosen.</summary>
    /// <param name="costs">[B], what the choices cost; no gradient. Only what is learned for later batches may depend on it.</param>
    /// <param name="features">[B, F], what is known before the choice; a baseline that does not look at the example does without.</param>
    public abstract Expectation forward(Tensor costs, Tensor? features);
}
