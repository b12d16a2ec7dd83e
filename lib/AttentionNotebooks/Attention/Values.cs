namespace AttentionNotebooks;

/// <summary>What there is to read at the N locations, computed only when it is read.</summary>
/// <remarks>
/// A soft read asks for all locations; a hard read asks for those it chose, and the rest is never computed.
/// A tensor converts to values on its own.
/// </remarks>
public sealed class Values
{
    private readonly Func<Tensor> all;
    private readonly Func<Tensor, Tensor> at;
    private readonly Tensor? tensor;

    private Values(Func<Tensor> all, Func<Tensor, Tensor> at, Tensor? tensor = null) => (this.all, this.at, this.tensor) = (all, at, tensor);

    /// <summary>Values that are there already.</summary>
    /// <param name="values">v [B, N, D]; it stays the caller's.</param>
    public static implicit operator Values(Tensor values) => FromTensor(values);

    /// <summary>Values that are there already.</summary>
    /// <param name="values">v [B, N, D]; it stays the caller's.</param>
    public static Values FromTensor(Tensor values)
    {
        Shape.Require(values, nameof(values), "B", "N", "D");
        return new Values(values.alias, locations => Gather(values, locations), values);
    }

    /// <summary>Values that are computed when they are read.</summary>
    /// <param name="all">Computes them at all locations: [B, N, D].</param>
    /// <param name="at">Computes them at the given locations: from int64 [B, M] in 0..N−1 to [B, M, D].</param>
    public static Values Lazy(Func<Tensor> all, Func<Tensor, Tensor> at)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(at);
        return new Values(all, at);
    }

    /// <summary>The values at all locations.</summary>
    /// <returns>v [B, N, D], the caller's.</returns>
    /// <exception cref="ArgumentException">What was computed has another shape.</exception>
    public Tensor All()
    {
        var values = all();
        Shape.Require(values, nameof(values), "B", "N", "D");
        return values;
    }

    /// <summary>The values at some locations only.</summary>
    /// <param name="locations">int64 [B, M], in 0..N−1.</param>
    /// <returns>[B, M, D], the caller's.</returns>
    /// <exception cref="ArgumentException">The locations, or what was computed there, have another shape.</exception>
    public Tensor At(Tensor locations)
    {
        Shape.Require(locations, nameof(locations), "B", "M");
        var values = at(locations);
        Shape.Require(values, nameof(values), locations.shape[0], locations.shape[1], "D");
        return values;
    }

    /// <summary>The values, if they are there already.</summary>
    internal Tensor? Present => tensor;

    /// <summary>Requires that values which are there already belong to these weights; others are checked when they are computed.</summary>
    internal void RequireFit(Tensor weights)
    {
        if (tensor is not null) Shape.Require(tensor, "values", weights.shape[0], weights.shape[2], "D");
    }

    private static Tensor Gather(Tensor values, Tensor locations)
    {
        using var scope = torch.NewDisposeScope();
        var index = locations.unsqueeze(-1).expand(locations.shape[0], locations.shape[1], values.shape[2]);
        return values.gather(1, index).MoveToOuterDisposeScope();
    }
}
