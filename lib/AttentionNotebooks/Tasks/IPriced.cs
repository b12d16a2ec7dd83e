namespace AttentionNotebooks;

/// <summary>A model of a task that can say what it costs to use.</summary>
internal interface IPriced
{
    /// <summary>How many examples the mean is over, where they differ in length.</summary>
    const int Examples = 50;

    /// <summary>Operations of convolutions, linear and recurrent layers to answer one example, in millions: the mean over a few, with the true words before each where there are words.</summary>
    /// <param name="mode">The evaluation mode; null for the model's own.</param>
    /// <param name="generator">Where a random read draws from.</param>
    double MegaFlops(Read? mode, Generator generator);
}
