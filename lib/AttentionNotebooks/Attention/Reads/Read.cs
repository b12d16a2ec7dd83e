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
    public abstract AttentionResult Take(Locations locations, Values values, Generator? generator);

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

    /// <summary>Reads at the chosen locations only, c = Σₖ wₖ v_zₖ; where nothing was chosen, the context is 0.</summary>
    /// <param name="values">What there is to read.</param>
    /// <param name="selection">z [B, T, K], and what each counts for.</param>
    /// <returns>c [B, T, D].</returns>
    protected static Tensor At(Values values, Selection selection)
    {
        using var scope = torch.NewDisposeScope();
        var (choice, (b, t, k)) = (selection.Choice, (selection.Choice.shape[0], selection.Choice.shape[1], selection.Choice.shape[2]));
        var read = values.At(choice.clamp_min(0).flatten(1));
        read = read.reshape(b, t, k, read.shape[2]).masked_fill(choice.lt(0).unsqueeze(-1), 0);
        var context = selection.Shares is null ? read.sum(2) : selection.Shares.unsqueeze(2).matmul(read).squeeze(2);
        return context.MoveToOuterDisposeScope();
    }
}
