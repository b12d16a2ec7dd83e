namespace AttentionNotebooks;

/// <summary>The third of the three choices: what is taken from the locations?</summary>
/// <remarks>This one word decides between soft and hard attention. A read has no parameters.</remarks>
public abstract class Read
{
    /// <summary>Takes the context from the locations.</summary>
    /// <param name="locations">The distribution over the N locations.</param>
    /// <param name="values">What there is to read.</param>
    /// <param name="generator">Where randomness comes from; a deterministic read does without.</param>
    /// <exception cref="ArgumentNullException">The read is random and there is no generator.</exception>
    public abstract AttentionResult Take(Categorical locations, Values values, Generator? generator);

    /// <summary>Reads all locations, mixed by weights: c = Σₙ wₙ vₙ.</summary>
    /// <param name="values">What there is to read.</param>
    /// <param name="weights">w [B, T, N].</param>
    /// <returns>c [B, T, D].</returns>
    protected static Tensor Mean(Values values, Tensor weights)
    {
        using var scope = torch.NewDisposeScope();
        var all = values.All();
        Shape.Require(all, nameof(values), weights.shape[0], weights.shape[2], "D");
        return weights.matmul(all).MoveToOuterDisposeScope();
    }

    /// <summary>Reads at the chosen locations only; where nothing was chosen, the context is 0.</summary>
    /// <param name="values">What there is to read.</param>
    /// <param name="choice">z [B, T, 1], int64.</param>
    /// <returns>c [B, T, D].</returns>
    protected static Tensor At(Values values, Tensor choice)
    {
        using var scope = torch.NewDisposeScope();
        var context = values.At(choice.clamp_min(0).squeeze(-1));
        return context.masked_fill(choice < 0, 0).MoveToOuterDisposeScope();
    }
}
