namespace AttentionNotebooks;

/// <summary>The cost to be expected before a choice is made: what a choice is compared with.</summary>
public abstract class Baseline : torch.nn.Module
{
    /// <summary>Names the baseline after its class.</summary>
    protected Baseline(string name) : base(name)
    {
    }

    /// <summary>Predicts the cost of each example's choices, without regard to the choice that is compared with it.</summary>
    /// <param name="trial">What there is to predict from.</param>
    public abstract Expectation forward(Trial trial);
}
