namespace AttentionNotebooks;

/// <summary>Pictures of canvases, for an <see cref="ImageGrid"/>.</summary>
public static class CanvasPictures
{
    /// <summary>The first canvases, each with its true box.</summary>
    /// <param name="canvases">Where they come from.</param>
    /// <param name="count">How many.</param>
    public static IEnumerable<Tile> Of(CanvasBatch canvases, int count)
    {
        ArgumentNullException.ThrowIfNull(canvases);
        using var scope = torch.NewDisposeScope();
        var batch = canvases.Slice(0, count);
        var (images, labels, boxes) = (Pixels(batch), Written(batch.Labels), TrueBoxes(batch));
        return [.. labels.Select((label, i) => new Tile(images[i], label) { Boxes = boxes[i] })];
    }

    /// <summary>The first canvases as a reader sees them: where its attention lies, the window it looked through if it chose one, the true box, and what it read.</summary>
    /// <param name="run">The trained reader.</param>
    /// <param name="canvases">What it reads.</param>
    /// <param name="count">How many.</param>
    /// <param name="read">The evaluation mode.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public static IEnumerable<Tile> Read(CanvasRun run, CanvasBatch canvases, int count, Read read, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(canvases);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var batch = canvases.Slice(0, count);
        var reading = run.Reader.ReadAs(batch.Images.On(run.Reader.Device()), read, generator);
        return Read(reading, batch, run.Reader.Windows, run.Role);
    }

    /// <summary>Canvases as they were read: what was chosen for an object is framed, all of its windows together.</summary>
    internal static IReadOnlyList<Tile> Read(Reading reading, CanvasBatch batch, WindowGrid windows, Role role)
    {
        var (guesses, labels) = (Written(reading.Logits.argmax(-1)), Written(batch.Labels));
        // Of several objects, all that any of them looks at.
        var weights = reading.Attended.Weights.amax([1]).cpu().contiguous().data<float>().ToArray().Chunk(windows.Count).ToArray();
        var (images, boxes, places, frames) = (Pixels(batch), TrueBoxes(batch), Places(windows), Frames(reading.Attended.Choice, windows, role));
        return [.. labels.Select((label, i) => new Tile(images[i], $"{label} → {guesses[i]} {(label == guesses[i] ? "✓" : "✗")}")
        {
            Map = AttentionMap.OfWindows(places, weights[i]),
            Boxes = [.. frames?[i] ?? [], .. boxes[i]],
        })];
    }

    /// <summary>One canvas twice: with how often each window was drawn by a reader's weights, and with the weights themselves, which the first comes to.</summary>
    /// <param name="run">The trained reader.</param>
    /// <param name="canvases">Where the canvas comes from.</param>
    /// <param name="canvas">Which, from 0.</param>
    /// <param name="throws">How often a window is drawn.</param>
    /// <param name="seed">Where the draws start: more of them begin with the fewer.</param>
    public static IEnumerable<Tile> Throws(CanvasRun run, CanvasBatch canvases, int canvas, int throws, long seed)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(canvases);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        using var generator = new Generator((ulong)seed, torch.CPU);
        var batch = canvases.Slice(canvas, 1);
        var reading = run.Reader.ReadAs(batch.Images.On(run.Reader.Device()), new Expected(), null);
        var weights = reading.Attended.Weights[0, 0].cpu();
        var places = Places(run.Reader.Windows);
        // Draws one by one, so that more begin with the fewer.
        var ends = weights.cumsum(0);
        var drawn = torch.rand(throws, generator: generator).unsqueeze(1).gt(ends).sum([1]).clamp_max(places.Length - 1);
        var shares = torch.bincount(drawn, minlength: places.Length).to(torch.float32) / throws;
        var (image, boxes) = (Pixels(batch)[0], TrueBoxes(batch)[0]);
        Tile Shown(Tensor map, string title) => new(image, title) { Map = AttentionMap.OfWindows(places, map.contiguous().data<float>().ToArray()), Boxes = boxes };
        return [Shown(shares, "thrown"), Shown(weights, "weights α")];
    }

    private static float[][,] Pixels(CanvasBatch batch) =>
        [.. Enumerable.Range(0, (int)batch.Count).Select(i => (float[,])batch.Images[i, 0].cpu().contiguous().data<float>().ToNDArray())];

    /// <summary>For each canvas, the boxes of its digits; none where nobody knows.</summary>
    internal static ImageBox[][] TrueBoxes(CanvasBatch batch) => batch.Boxes is null
        ? [.. Enumerable.Repeat(Array.Empty<ImageBox>(), (int)batch.Count)]
        : [.. batch.Boxes.cpu().contiguous().data<float>().ToArray().Chunk(4).Select(box => Rectangle(new Box(box[0], box[1], box[2], box[3]), Role.Exact, "true box")).Chunk((int)batch.Labels.shape[1])];

    // Several digits as a number is written.
    private static string[] Written(Tensor digits) =>
        [.. digits.cpu().contiguous().data<long>().ToArray().Chunk((int)digits.shape[1]).Select(each => string.Join(' ', each))];

    private static ImageBox[] Places(WindowGrid windows) => [.. Enumerable.Range(0, windows.Count).Select(n => Rectangle(windows[n], Role.Hard, ""))];

    // For each canvas a frame around what was chosen for each object, of z [B, O, K].
    private static ImageBox[][]? Frames(Tensor? choice, WindowGrid windows, Role role) => choice?.cpu().contiguous().data<long>().ToArray()
        .Chunk((int)choice.shape[2]).Select(chosen => Around(chosen.Where(n => n >= 0).Select(n => windows[n]), role, chosen.Length == 1 ? "window read" : "windows read"))
        .Chunk((int)choice.shape[1]).Select(each => each.OfType<ImageBox>().ToArray()).ToArray();

    private static ImageBox? Around(IEnumerable<Box> chosen, Role role, string name)
    {
        Box[] boxes = [.. chosen];
        return boxes.Length == 0 ? null : Rectangle(new Box(boxes.Min(box => box.Left), boxes.Min(box => box.Top), boxes.Max(box => box.Right), boxes.Max(box => box.Bottom)), role, name);
    }

    private static ImageBox Rectangle(Box box, Role role, string name) => new(box.Top, box.Left, box.Bottom - box.Top, box.Right - box.Left, role, name);
}
