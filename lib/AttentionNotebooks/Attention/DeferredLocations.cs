namespace AttentionNotebooks;

/// <summary>A distribution that a fused kernel did not give, computed when somebody asks for it. It holds handles of its own to what it needs.</summary>
internal sealed class DeferredLocations(Score score, Distribution distribution, Tensor query, Tensor keys, Func<Tensor, Tensor>? change = null)
{
    private readonly Tensor query = query.alias();
    private readonly Tensor keys = keys.alias();

    public Locations Compute()
    {
        using var scope = torch.NewDisposeScope();
        var locations = distribution.call(score.call(query, keys), null);
        return (change is null ? locations : locations.Map(change)).MoveToOuterDisposeScope();
    }

    /// <summary>The same in another form.</summary>
    public DeferredLocations Then(Func<Tensor, Tensor> next) => new(score, distribution, query, keys, next);

    public void MoveToOuterDisposeScope()
    {
        query.MoveToOuterDisposeScope();
        keys.MoveToOuterDisposeScope();
    }
}
