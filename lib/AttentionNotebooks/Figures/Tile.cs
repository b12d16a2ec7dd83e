namespace AttentionNotebooks;

/// <summary>One picture of an <see cref="ImageGrid"/>: grey, or in colour where no attention lies over it.</summary>
public sealed class Tile
{
    private readonly float[,,] image; // [C, rows, columns]

    /// <summary>A grey picture.</summary>
    /// <param name="image">Grey values [rows, columns], 0 black to 1 white; what lies outside is cut off.</param>
    /// <param name="title">A few characters over the picture: “7 → 7 ✓”.</param>
    public Tile(float[,] image, string title = "")
    {
        ArgumentNullException.ThrowIfNull(image);
        this.image = new float[1, image.GetLength(0), image.GetLength(1)];
        Buffer.BlockCopy(image, 0, this.image, 0, image.Length * sizeof(float));
        Title = title;
    }

    /// <summary>A picture in colour. Under a map it is grey: colour there is attention.</summary>
    /// <param name="image">Red, green and blue [3, rows, columns], 0 to 1; what lies outside is cut off.</param>
    /// <param name="title">A few characters over the picture.</param>
    /// <exception cref="ArgumentException">There are not three channels.</exception>
    public Tile(float[,,] image, string title = "")
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.GetLength(0) != 3) throw new ArgumentException($"A picture in colour has three channels, and this has {image.GetLength(0)}: give [3, rows, columns].", nameof(image));
        (this.image, Title) = (image, title);
    }

    /// <summary>What stands over the picture.</summary>
    public string Title { get; }

    /// <summary>Attention weights to lay over it.</summary>
    public AttentionMap? Map { get; init; }

    /// <summary>Boxes to draw on it, later ones on top.</summary>
    public IReadOnlyList<ImageBox> Boxes { get; init; } = [];

    /// <summary>Ways to draw on it, over the boxes.</summary>
    public IReadOnlyList<ImagePath> Paths { get; init; } = [];

    internal int Height => image.GetLength(1);

    internal int Width => image.GetLength(2);

    internal bool IsColoured => Map is null && image.GetLength(0) == 3;

    /// <summary>Red, green and blue, each 0..1.</summary>
    internal (double Red, double Green, double Blue) Colour(int row, int column)
    {
        if (image.GetLength(0) == 1) return Grey(Value(0, row, column));
        var (red, green, blue) = (Value(0, row, column), Value(1, row, column), Value(2, row, column));
        // How bright an eye finds them (Rec. 601).
        return IsColoured ? (red, green, blue) : Grey((0.299 * red) + (0.587 * green) + (0.114 * blue));
    }

    private double Value(int channel, int row, int column)
    {
        var value = image[channel, row, column];
        return float.IsNaN(value) ? 0 : Math.Clamp(value, 0, 1);
    }

    private static (double Red, double Green, double Blue) Grey(double value) => (value, value, value);
}
