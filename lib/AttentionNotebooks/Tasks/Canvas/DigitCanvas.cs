namespace AttentionNotebooks;

/// <summary>
/// The generator of the canvas task: one whole digit at a random place among pieces cut from other digits, with its true box (after Mnih et al. 2014, §4.2, cluttered translated MNIST);
/// or several, each at any height, beside each other without a column in common, so that there is no doubt which comes first (after Ba et al. 2015, §4.1).
/// </summary>
public sealed class DigitCanvas : ICanvases
{
    private const byte Ink = 50;

    private readonly Tensor digits;
    private readonly Tensor labels;
    private readonly Tensor inkBoxes;
    private readonly int digitSize;

    /// <summary>Takes the digits to draw from.</summary>
    /// <param name="set">The digits, square.</param>
    /// <param name="size">S, the canvas's side, in pixels.</param>
    /// <param name="clutter">How many pieces of other digits lie about.</param>
    /// <param name="clutterSize">A piece's side, in pixels.</param>
    /// <param name="device">Where the canvases are made.</param>
    /// <param name="objects">O ≥ 1, how many digits there are to find.</param>
    /// <exception cref="ArgumentException">The set is empty or not square.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The canvas is smaller than its digits beside each other, or a piece is larger than one.</exception>
    public DigitCanvas(DigitSet set, int size = 60, int clutter = 4, int clutterSize = 8, torch.Device? device = null, int objects = 1)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.Count < 2 || set.Height != set.Width) throw new ArgumentException($"{set} cannot be drawn from: at least two square images are needed.", nameof(set));
        ArgumentOutOfRangeException.ThrowIfLessThan(objects, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, objects * set.Width);
        ArgumentOutOfRangeException.ThrowIfNegative(clutter);
        ArgumentOutOfRangeException.ThrowIfLessThan(clutterSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clutterSize, set.Width);
        (Size, Objects, Clutter, ClutterSize, digitSize) = (size, objects, clutter, clutterSize, set.Width);
        using var scope = torch.NewDisposeScope();
        // Bytes, a quarter of the memory: a canvas is drawn by changing places, and divided at the end.
        digits = torch.tensor(set.Pixels, [set.Count, set.Height * set.Width], device: device).DetachFromDisposeScope();
        labels = set.ToLabels(device).DetachFromDisposeScope();
        inkBoxes = InkBoxes(digits.reshape(set.Count, set.Height, set.Width)).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public int Objects { get; }

    /// <summary>How many pieces of other digits lie about.</summary>
    public int Clutter { get; }

    /// <summary>A piece's side, in pixels.</summary>
    public int ClutterSize { get; }

    /// <inheritdoc/>
    public CanvasBatch Draw(int count, Generator generator)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var which = Integers(digits.shape[0], [count, Objects], generator);
        var (left, top) = (Columns(count, generator), Integers(Size - digitSize + 1, [count, Objects], generator));
        var flat = torch.zeros([count, Size * Size], device: digits.device);
        flat.scatter_add_(1, Square(left, top, digitSize, Size).flatten(1), digits.index_select(0, which.flatten()).to(torch.float32).reshape(count, -1));
        if (Clutter > 0) AddClutter(flat, which.narrow(1, 0, 1), generator);
        var shift = torch.stack([left, top, left, top], 2).to(torch.float32);
        return new CanvasBatch(
            flat.div_(255).clamp_(0, 1).reshape(count, 1, Size, Size).MoveToOuterDisposeScope(),
            labels.index_select(0, which.flatten()).reshape(count, Objects).MoveToOuterDisposeScope(),
            (inkBoxes.index_select(0, which.flatten()).reshape(count, Objects, 4) + shift).MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        digits.Dispose();
        labels.Dispose();
        inkBoxes.Dispose();
    }

    private void AddClutter(Tensor flat, Tensor which, Generator generator)
    {
        var (count, side) = (flat.shape[0], ClutterSize);
        var shape = new[] { count, Clutter };
        // Another digit than the (first) one to be found: 1..n−1 further on in the set.
        var other = (which + Integers(digits.shape[0] - 1, shape, generator) + 1).remainder(digits.shape[0]);
        var cut = Square(Integers(digitSize - side + 1, shape, generator), Integers(digitSize - side + 1, shape, generator), side, digitSize);
        var pieces = digits.index_select(0, other.flatten()).reshape(count, Clutter, -1).gather(2, cut).to(torch.float32);
        var places = Square(Integers(Size - side + 1, shape, generator), Integers(Size - side + 1, shape, generator), side, Size);
        flat.scatter_add_(1, places.flatten(1), pieces.flatten(1));
    }

    // From left to right: the columns that the digits leave free are shared out at random before, between and after them.
    private Tensor Columns(int count, Generator generator)
    {
        var (free, _) = Integers(Size - Objects * digitSize + 1, [count, Objects], generator).sort(1);
        return free + torch.arange(Objects, torch.int64, digits.device) * digitSize;
    }

    private Tensor Integers(long below, long[] shape, Generator generator) =>
        RandomNumbers.Below(below, shape, digits.device, generator);

    // The flat indices of a square's pixels in an image of the given width: [..., side·side].
    private static Tensor Square(Tensor left, Tensor top, int side, int width)
    {
        var steps = torch.arange(side, torch.int64, left.device);
        var within = (steps.unsqueeze(1) * width + steps).flatten();
        return (top * width + left).unsqueeze(-1) + within;
    }

    private static Tensor InkBoxes(Tensor images)
    {
        var ink = images > Ink;
        var (columns, rows) = (ink.any(1), ink.any(2));
        return torch.stack([First(columns), First(rows), Last(columns) + 1, Last(rows) + 1], 1).to(torch.float32);
    }

    private static Tensor First(Tensor inked) => inked.to(torch.int64).argmax(1);

    private static Tensor Last(Tensor inked) => inked.shape[1] - 1 - inked.flip(1).to(torch.int64).argmax(1);
}
