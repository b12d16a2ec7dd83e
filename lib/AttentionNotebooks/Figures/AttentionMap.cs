namespace AttentionNotebooks;

/// <summary>Attention weights that lie over an image: on a grid that divides it, or on windows, which may overlap.</summary>
public sealed class AttentionMap
{
    private readonly Func<int, int, IReadOnlyList<ImageBox>> _places;
    private readonly float[] _weights;

    private AttentionMap(Func<int, int, IReadOnlyList<ImageBox>> places, float[] weights)
    {
        if (Array.Exists(weights, weight => !(weight >= 0 && float.IsFinite(weight))))
            throw new ArgumentException("An attention map holds a weight that is negative, infinite or not a number: weights are finite and at least 0.", nameof(weights));
        (_places, _weights) = (places, weights);
    }

    /// <summary>Weights of cells that divide the image evenly, whatever its size.</summary>
    /// <param name="weights">[rows, columns], finite, at least 0.</param>
    /// <exception cref="ArgumentException">A weight is negative or not finite.</exception>
    public static AttentionMap OfGrid(float[,] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        int rows = weights.GetLength(0), columns = weights.GetLength(1);
        return new AttentionMap((height, width) => Cells(rows, columns, height, width), [.. weights.Cast<float>()]);
    }

    /// <summary>Weights of windows; a pixel shows the sum over the windows that cover it, the attention that reaches it.</summary>
    /// <param name="windows">Where the windows are; their role and name are not used.</param>
    /// <param name="weights">One for each window, finite, at least 0.</param>
    /// <exception cref="ArgumentException">A weight is negative or not finite, or there are not as many as windows.</exception>
    public static AttentionMap OfWindows(IReadOnlyList<ImageBox> windows, IReadOnlyList<float> weights)
    {
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentNullException.ThrowIfNull(weights);
        if (windows.Count != weights.Count)
            throw new ArgumentException($"{weights.Count} weights for {windows.Count} windows: give every window one.", nameof(weights));
        return new AttentionMap((_, _) => windows, [.. weights]);
    }

    /// <summary>Each place with its weight, over an image of this size.</summary>
    internal IEnumerable<(ImageBox Place, float Weight)> Over(int height, int width) => _places(height, width).Zip(_weights);

    /// <summary>The weight that reaches each pixel, row by row.</summary>
    internal double[] Pixels(int height, int width)
    {
        double[] pixels = new double[height * width];
        foreach ((ImageBox place, float weight) in Over(height, width))
        {
            // A pixel belongs to the place that holds its centre.
            for (int row = First(place.Top); row < Math.Min(height, First(place.Top + place.Height)); row++)
            {
                for (int column = First(place.Left); column < Math.Min(width, First(place.Left + place.Width)); column++)
                    pixels[(row * width) + column] += weight;
            }
        }

        return pixels;
    }

    private static int First(double edge) => Math.Max(0, (int)Math.Ceiling(edge - 0.5));

    private static ImageBox[] Cells(int rows, int columns, int height, int width)
    {
        double cellHeight = (double)height / rows, cellWidth = (double)width / columns;
        return
        [
            .. from row in Enumerable.Range(0, rows)
               from column in Enumerable.Range(0, columns)
               select new ImageBox(row * cellHeight, column * cellWidth, cellHeight, cellWidth),
        ];
    }
}
