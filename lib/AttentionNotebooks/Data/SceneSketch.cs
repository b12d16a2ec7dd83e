namespace AttentionNotebooks;

/// <summary>A square picture while it is painted: a noisy grey ground, and objects with smooth edges on it. Only + − × ÷, so that it is the same everywhere.</summary>
/// <param name="side">S, its side, in pixels.</param>
internal sealed class SceneSketch(int side)
{
    // A pixel is covered as far as its 4×4 points are.
    private const int Points = 4;

    // The noise is the same in red, green and blue: the ground is grey wherever nothing is painted on it.
    private const float Noise = 10;

    private readonly float[] grain = new float[side * side];
    private readonly float[] pixels = new float[SceneSet.Channels * side * side];

    /// <summary>Begins with an empty ground, lighter or darker from picture to picture.</summary>
    public void Clear(ref SplitMix64 random)
    {
        var grey = random.Uniform(80, 150);
        for (var i = 0; i < grain.Length; i++) grain[i] = Noise * random.Normal();
        Array.Fill(pixels, grey);
    }

    /// <summary>Paints an object.</summary>
    /// <param name="shape">One of <see cref="SceneGrammar.Shapes"/>.</param>
    /// <param name="place">Its centre and half its height, in pixels.</param>
    /// <param name="colour">Red, green and blue, 0 to 255 each.</param>
    /// <returns>The smallest box around all pixels that it touches.</returns>
    public Box Paint(string shape, (float X, float Y, float Radius) place, ReadOnlySpan<float> colour)
    {
        var (left, top, right, bottom) = (side, side, 0, 0);
        for (var y = Math.Max(0, (int)(place.Y - place.Radius) - 1); y < Math.Min(side, (int)(place.Y + place.Radius) + 2); y++)
        {
            for (var x = Math.Max(0, (int)(place.X - place.Radius) - 1); x < Math.Min(side, (int)(place.X + place.Radius) + 2); x++)
            {
                var covered = Coverage(shape, x - place.X, y - place.Y, place.Radius);
                if (covered == 0) continue;
                for (var c = 0; c < SceneSet.Channels; c++)
                {
                    ref var pixel = ref pixels[((c * side) + y) * side + x];
                    pixel += covered * (colour[c] - pixel);
                }

                (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
            }
        }

        return new(left, top, right, bottom);
    }

    /// <summary>Writes the picture as bytes, [3, S, S].</summary>
    public void Develop(Span<byte> picture)
    {
        for (var i = 0; i < pixels.Length; i++) picture[i] = (byte)(Math.Clamp(pixels[i] + grain[i % grain.Length], 0, 255) + 0.5f);
    }

    // The share of a pixel's points inside the shape; (x, y) is the pixel's corner, seen from the shape's centre.
    private static float Coverage(string shape, float x, float y, float radius)
    {
        var inside = 0;
        for (var i = 0; i < Points * Points; i++)
        {
            if (IsInside(shape, x + ((i % Points) + 0.5f) / Points, y + ((i / Points) + 0.5f) / Points, radius)) inside++;
        }

        return inside / (float)(Points * Points);
    }

    private static bool IsInside(string shape, float x, float y, float radius) => shape switch
    {
        "circle" => (x * x) + (y * y) <= radius * radius,
        "square" => Math.Abs(x) <= 0.9f * radius && Math.Abs(y) <= 0.9f * radius,
        "triangle" => Math.Abs(y) <= radius && 2 * Math.Abs(x) <= y + radius,
        "cross" => Math.Abs(x) <= radius && Math.Abs(y) <= radius && (3 * Math.Abs(x) <= radius || 3 * Math.Abs(y) <= radius),
        _ => throw new ArgumentException($"“{shape}” is no shape that can be painted.", nameof(shape)),
    };
}
