namespace AttentionNotebooks;

/// <summary>One picture of an <see cref="ImageGrid"/>.</summary>
/// <param name="image">Grey values [rows, columns], 0 black to 1 white; what lies outside is cut off.</param>
/// <param name="title">A few characters over the picture: “7 → 7 ✓”.</param>
public sealed class Tile(float[,] image, string title = "")
{
    /// <summary>What stands over the picture.</summary>
    public string Title { get; } = title;

    /// <summary>Attention weights to lay over it.</summary>
    public AttentionMap? Map { get; init; }

    /// <summary>Boxes to draw on it, later ones on top.</summary>
    public IReadOnlyList<ImageBox> Boxes { get; init; } = [];

    internal int Height => image.GetLength(0);

    internal int Width => image.GetLength(1);

    internal double Grey(int row, int column) => double.IsNaN(image[row, column]) ? 0 : Math.Clamp(image[row, column], 0, 1);
}
