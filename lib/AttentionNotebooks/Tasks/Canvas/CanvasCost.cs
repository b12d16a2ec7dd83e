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
    public static CanvasCost Of(CanvasReader reader, CanvasBatch canvases, Read read, Generator? generator = null) => InTurn([(reader, read)], canvases, generator)[0];

    /// <summary>Measures several readers, each in an evaluation mode, in turn (<see cref="Latency.InTurn"/>).</summary>
    /// <param name="readers">The readers.</param>
    /// <param name="canvases">What they read; at least a hundred.</param>
    /// <param name="generator">Where a random read draws from.</param>
    /// <param name="repetitions">How often one canvas alone is timed.</param>
    /// <param name="batches">How often a hundred together are timed.</param>
    /// <returns>One for each reader.</returns>
    public static IReadOnlyList<CanvasCost> InTurn(IReadOnlyList<(CanvasReader Reader, Read Read)> readers, CanvasBatch canvases, Generator? generator = null, int repetitions = 200, int batches = 30)
    {
        ArgumentNullException.ThrowIfNull(readers);
        ArgumentNullException.ThrowIfNull(canvases);
        foreach (var (reader, _) in readers) ArgumentNullException.ThrowIfNull(reader, nameof(readers));
        var device = readers[0].Reader.Device();
        using var one = canvases.Slice(0, 1).To(device);
        using var hundred = canvases.Slice(0, BatchSize).To(device);
        Action[] Reading(CanvasBatch batch) => [.. readers.Select(each => (Action)(() => ReadOnce(each.Reader, batch, each.Read, generator)))];
        var operations = readers.Select(each => Operations(each.Reader, one, each.Read, generator)).ToArray();
        var alone = Latency.InTurn(Reading(one), repetitions);
        var batched = Latency.InTurn(Reading(hundred), batches);
        return [.. operations.Select((count, i) => new CanvasCost(count / 1e6, alone[i], batched[i].Median / hundred.Count))];
    }

    private static long Operations(CanvasReader reader, CanvasBatch canvas, Read read, Generator? generator)
    {
        using var counter = new FlopCounter(reader);
        ReadOnce(reader, canvas, read, generator);
        return counter.Count;
    }

    private static void ReadOnce(CanvasReader reader, CanvasBatch canvases, Read read, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        reader.ReadAs(canvases.Images, read, generator);
    }
}
