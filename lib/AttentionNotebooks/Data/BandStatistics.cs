namespace AttentionNotebooks;

/// <summary>What each mel band is like over a set.</summary>
/// <param name="Mean">[M], in log energy.</param>
/// <param name="Deviation">[M], the standard deviation, above 0.</param>
public sealed record BandStatistics(Tensor Mean, Tensor Deviation) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Mean.Dispose();
        Deviation.Dispose();
    }
}
