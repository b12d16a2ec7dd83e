namespace AttentionNotebooks;

/// <summary>Canvases that someone else has made, with one digit each at a place that is not told: they are drawn from, each as likely as every other at every draw.</summary>
public sealed class GivenCanvases : ICanvases
{
    private readonly Tensor pixels;
    private readonly Tensor labels;

    /// <summary>Takes the canvases.</summary>
    /// <param name="set">Square images.</param>
    /// <exception cref="ArgumentException">The set is empty or not square.</exception>
    public GivenCanvases(DigitSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.Count == 0 || set.Height != set.Width) throw new ArgumentException($"{set} has no canvases: square images are needed.", nameof(set));
        Size = set.Width;
        using var scope = torch.NewDisposeScope();
        // Bytes, a quarter of the memory.
        pixels = torch.tensor(set.Pixels, [set.Count, 1, Size, Size]).DetachFromDisposeScope();
        labels = set.ToLabels().unsqueeze(1).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public int Objects => 1;

    /// <inheritdoc/>
    public CanvasBatch Draw(int count, Generator generator)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = torch.NewDisposeScope();
        return At(torch.randint(labels.shape[0], [count], torch.int64, generator: generator));
    }

    /// <summary>All of them, in their order; the caller's.</summary>
    public CanvasBatch All()
    {
        using var scope = torch.NewDisposeScope();
        return At(torch.arange(labels.shape[0], torch.int64));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        pixels.Dispose();
        labels.Dispose();
    }

    private CanvasBatch At(Tensor which) => new(
        (pixels.index_select(0, which).to(torch.float32) / 255).MoveToOuterDisposeScope(),
        labels.index_select(0, which).MoveToOuterDisposeScope(),
        Boxes: null);
}
