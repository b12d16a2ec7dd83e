namespace AttentionNotebooks;

/// <summary>A reader that was trained, and how it went.</summary>
/// <param name="Name">What the run is called.</param>
/// <param name="Role">The colour it has in figures.</param>
/// <param name="Reader">The trained model.</param>
/// <param name="History">Loss, accuracy and pointing while it learned.</param>
public sealed record CanvasRun(string Name, Role Role, CanvasReader Reader, TrainingHistory History)
{
    private const int BatchSize = 250;

    /// <summary>Where the reader looks on canvases.</summary>
    /// <param name="canvases">What it reads.</param>
    /// <returns>The weights α [B, O, N] of the windows, on the processor, without gradient; the caller's.</returns>
    public Tensor Weights(CanvasBatch canvases)
    {
        ArgumentNullException.ThrowIfNull(canvases);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var weights = new List<Tensor>();
        for (long start = 0; start < canvases.Count; start += BatchSize)
        {
            using var batchScope = torch.NewDisposeScope();
            var images = canvases.Slice(start, BatchSize).Images.On(Reader.Device());
            weights.Add(Reader.ReadAs(images, new MostLikely()).Attended.Weights.cpu().MoveToOuterDisposeScope());
        }

        return torch.cat(weights).MoveToOuterDisposeScope();
    }
}
