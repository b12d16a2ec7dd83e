namespace AttentionNotebooks;

/// <summary>Pictures of canvases, for an <see cref="ImageGrid"/>.</summary>
public static class CanvasPictures
{
    private static readonly ImageBox[] Windows = [.. Enumerable.Range(0, CanvasReader.Windows.Count).Select(n => Rectangle(CanvasReader.Windows[n], Role.Hard, ""))];

    /// <summary>The first canvases, each with its true box.</summary>
    /// <param name="canvases">Where they come from.</param>
    /// <param name="count">How many.</param>
    public static IEnumerable<Tile> Of(CanvasBatch canvases, int count)
    {
        ArgumentNullException.ThrowIfNull(canvases);
        using var scope = torch.NewDisposeScope();
        var batch = canvases.Slice(0, count);
        var (images, labels, boxes) = (Pixels(batch), batch.Labels.data<long>().ToArray(), TrueBoxes(batch));
        return [.. labels.Select((label, i) => new Tile(images[i], $"{label}") { Boxes = [boxes[i]] })];
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
        var reading = run.Reader.ReadAs(batch.Images, read, generator);
        var guesses = reading.Logits.argmax(1).data<long>().ToArray();
        var labels = batch.Labels.data<long>().ToArray();
        var choices = reading.Attended.Choice?.flatten().data<long>().ToArray();
        var weights = reading.Attended.Weights.squeeze(1).contiguous().data<float>().ToArray().Chunk(Windows.Length).ToArray();
        var (images, boxes) = (Pixels(batch), TrueBoxes(batch));
        return [.. labels.Select((label, i) => new Tile(images[i], $"{label} → {guesses[i]} {(label == guesses[i] ? "✓" : "✗")}")
        {
            Map = AttentionMap.OfWindows(Windows, weights[i]),
            Boxes = choices is null ? [boxes[i]] : [Rectangle(CanvasReader.Windows[choices[i]], run.Role, "window read"), boxes[i]],
        })];
    }

    private static float[][,] Pixels(CanvasBatch batch) =>
        [.. Enumerable.Range(0, (int)batch.Count).Select(i => (float[,])batch.Images[i, 0].contiguous().data<float>().ToNDArray())];

    private static ImageBox[] TrueBoxes(CanvasBatch batch) =>
        [.. batch.Boxes.contiguous().data<float>().ToArray().Chunk(4).Select(box => Rectangle(new Box(box[0], box[1], box[2], box[3]), Role.Exact, "true box"))];

    private static ImageBox Rectangle(Box box, Role role, string name) => new(box.Top, box.Left, box.Bottom - box.Top, box.Right - box.Left, role, name);
}
