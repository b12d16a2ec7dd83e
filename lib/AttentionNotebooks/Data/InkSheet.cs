using System.Numerics;

namespace AttentionNotebooks;

/// <summary>A square sheet that a round pen leaves ink on.</summary>
/// <param name="side">Its side, in pixels.</param>
internal sealed class InkSheet(int side)
{
    private readonly float[] _ink = new float[side * side];

    /// <summary>Makes the sheet blank.</summary>
    public void Clear() => Array.Clear(_ink);

    /// <summary>Draws a curve; the pen's pressure changes evenly along it, and with it width and darkness.</summary>
    public void Draw(IReadOnlyList<Vector2> curve, Handwriting hand)
    {
        for (var i = 0; i + 1 < curve.Count; i++)
        {
            var along = (float)i / (curve.Count - 1);
            var pressure = hand.PressureAtStart + ((hand.PressureAtEnd - hand.PressureAtStart) * along);
            DrawPiece(curve[i], curve[i + 1], hand.Radius * pressure, hand.Edge, (1 + pressure) / 2);
        }
    }

    /// <summary>
    /// Writes the ink as bytes, 0..255, with grain where there is ink. Blank paper stays exactly 0: on a larger canvas a noisy
    /// square would show where the image was pasted.
    /// </summary>
    public void Develop(float grain, ref SplitMix64 random, Span<byte> pixels)
    {
        for (var i = 0; i < _ink.Length; i++)
            pixels[i] = _ink[i] == 0 ? (byte)0 : (byte)((Math.Clamp(_ink[i] + (grain * random.Normal()), 0, 1) * 255) + 0.5f);
    }

    private void DrawPiece(Vector2 from, Vector2 to, float radius, float edge, float darkness)
    {
        var step = to - from;
        var lengthSquared = (step.X * step.X) + (step.Y * step.Y);
        var scale = lengthSquared > 0 ? 1 / lengthSquared : 0;
        var reach = radius + (edge / 2);
        var (left, right) = (Floor(Math.Min(from.X, to.X) - reach), Ceiling(Math.Max(from.X, to.X) + reach));
        var (top, bottom) = (Floor(Math.Min(from.Y, to.Y) - reach), Ceiling(Math.Max(from.Y, to.Y) + reach));
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                // The nearest point of the piece, as a share of its length.
                var share = Math.Clamp((((x - from.X) * step.X) + ((y - from.Y) * step.Y)) * scale, 0, 1);
                var (dx, dy) = (x - from.X - (share * step.X), y - from.Y - (share * step.Y));
                var squared = (dx * dx) + (dy * dy);
                if (squared < reach * reach)
                    Blacken(ref _ink[(y * side) + x], darkness * Coverage((reach - MathF.Sqrt(squared)) / edge));
            }
        }
    }

    // 3u² - 2u³: from no ink to full ink across the edge.
    private static float Coverage(float u) => u >= 1 ? 1 : u * u * (3 - (2 * u));

    private static void Blacken(ref float ink, float value) => ink = Math.Max(ink, value);

    private int Floor(float place) => Math.Clamp((int)place, 0, side - 1);

    private int Ceiling(float place) => Math.Clamp((int)place + 1, 0, side - 1);
}
