namespace AttentionNotebooks;

/// <summary>What it costs to read a canvas.</summary>
/// <param name="MegaFlops">Operations of convolutions and linear layers, in millions, for one canvas.</param>
/// <param name="Alone">Time for one canvas alone, in milliseconds: what a user waits.</param>
/// <param name="Batched">Time for one canvas of a hundred read together, in milliseconds.</param>
public sealed record CanvasCost(double MegaFlops, Latency Alone, double Batched)
{
    private const int BatchSize = 100;

    /// <summary>Measures a reader in an evaluation mode.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="canvases">What it reads; at least a hundred.</param>
    /// <param name="read">The evaluation mode.</param>
    /// <param name="generator">Where a random read draws from.</param>
    /// <param name="repetitions">How often one canvas alone is timed.</param>
    /// <param name="batches">How often a hundred together are timed.</param>
    public static CanvasCost Of(CanvasReader reader, CanvasBatch canvases, Read read, Generator? generator = null, int repetitions = 200, int batches = 30)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(canvases);
        using var one = canvases.Slice(0, 1).To(reader.Device());
        using var hundred = canvases.Slice(0, BatchSize).To(reader.Device());
        using var counter = new FlopCounter(reader);
        ReadOnce(reader, one, read, generator);
        var operations = counter.Count;
        var alone = Latency.Of(() => ReadOnce(reader, one, read, generator), repetitions);
        var batched = Latency.Of(() => ReadOnce(reader, hundred, read, generator), batches);
        return new CanvasCost(operations / 1e6, alone, batched.Median / hundred.Count);
    }

    private static void ReadOnce(CanvasReader reader, CanvasBatch canvases, Read read, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        reader.ReadAs(canvases.Images, read, generator);
    }
}
