namespace AttentionNotebooks;

/// <summary>What each mel band is like over a set.</summary>
/// <param name="Mean">[M], in log energy.</param>
/// <param name="Deviation">[M], the standard deviation, above 0.</param>
public sealed record BandStatistics(Tensor Mean, Tensor Deviation) : IDisposable
{
    /// <summary>Takes the tensors out of the current scope.</summary>
    /// <returns>The statistics themselves.</returns>
    public BandStatistics DetachFromDisposeScope()
    {
        Mean.DetachFromDisposeScope();
        Deviation.DetachFromDisposeScope();
        return this;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Mean.Dispose();
        Deviation.Dispose();
    }
}
