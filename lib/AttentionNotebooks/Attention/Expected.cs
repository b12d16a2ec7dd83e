namespace AttentionNotebooks;

/// <summary>Soft attention: the weighted mean of all values, c = Σₙ αₙ vₙ (Bahdanau et al. 2015, eq. 5; Xu et al. 2015, eq. 13).</summary>
public sealed class Expected : Read
{
    /// <inheritdoc/>
    public override AttentionResult Take(Categorical locations, Values values, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        var all = values.All();
        Shape.Require(all, nameof(values), locations.Weights.shape[0], locations.Weights.shape[2], "D");
        // c = Σₙ αₙ vₙ   Xu 2015, eq. 13
        var context = locations.Weights.matmul(all);
        return new AttentionResult(context.MoveToOuterDisposeScope(), locations.Weights);
    }
}
