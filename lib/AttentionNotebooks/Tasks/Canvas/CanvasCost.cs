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
    public static CanvasCost Of(CanvasReader reader, CanvasBatch canvases, Read read, Generator? generator = null) => InTurn([(reader, canvases, read)], generator)[0];

    /// <summary>Measures several readers, each in an evaluation mode, in turn (<see cref="Latency.InTurn"/>).</summary>
    /// <param name="readers">The readers, each with what it reads, at least a hundred canvases, of a size of its own if need be.</param>
    /// <param name="generator">Where a random read draws from.</param>
    /// <param name="repetitions">How often one canvas alone is timed.</param>
    /// <param name="batches">How often a hundred together are timed.</param>
    /// <returns>One for each reader.</returns>
    public static IReadOnlyList<CanvasCost> InTurn(IReadOnlyList<(CanvasReader Reader, CanvasBatch Canvases, Read Read)> readers, Generator? generator = null, int repetitions = 200, int batches = 30)
    {
        ArgumentNullException.ThrowIfNull(readers);
        using var scope = torch.NewDisposeScope();
        Action[] Reading(int count) => [.. readers.Select(each => Reads(each.Reader, each.Canvases, count, each.Read, generator))];
        var operations = readers.Select(each => Operations(each.Reader, each.Canvases, each.Read, generator)).ToArray();
        var alone = Latency.InTurn(Reading(1), repetitions);
        var batched = Latency.InTurn(Reading(BatchSize), batches);
        return [.. operations.Select((count, i) => new CanvasCost(count / 1e6, alone[i], batched[i].Median / Math.Min(BatchSize, readers[i].Canvases.Count)))];
    }

    private static Action Reads(CanvasReader reader, CanvasBatch canvases, int count, Read read, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(canvases);
        var batch = canvases.Slice(0, count).To(reader.Device());
        return () => ReadOnce(reader, batch, read, generator);
    }

    private static long Operations(CanvasReader reader, CanvasBatch canvases, Read read, Generator? generator)
    {
        using var counter = new FlopCounter(reader);
        Reads(reader, canvases, 1, read, generator)();
        return counter.Count;
    }

    private static void ReadOnce(CanvasReader reader, CanvasBatch canvases, Read read, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        reader.ReadAs(canvases.Images, read, generator);
    }
}
