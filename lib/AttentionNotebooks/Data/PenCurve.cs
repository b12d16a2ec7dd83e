using System.Numerics;

namespace AttentionNotebooks;

/// <summary>A smooth curve through the points of a stroke, as a row of short straight pieces.</summary>
internal static class PenCurve
{
    private const int Pieces = 6;

    /// <summary>Appends the curve through the points: between corners, a uniform Catmull–Rom spline.</summary>
    /// <param name="points">Where the points lie.</param>
    /// <param name="corners">Which of them are corners.</param>
    /// <param name="curve">What the curve is appended to.</param>
    public static void Trace(ReadOnlySpan<Vector2> points, ReadOnlySpan<bool> corners, List<Vector2> curve)
    {
        curve.Add(points[0]);
        for (var i = 0; i + 1 < points.Length; i++)
        {
            var (from, to) = (points[i], points[i + 1]);
            // A curve that begins or ends here has no neighbour to bend towards: the reflected point keeps it straight.
            var before = i > 0 && !corners[i] ? points[i - 1] : (2 * from) - to;
            var after = i + 2 < points.Length && !corners[i + 1] ? points[i + 2] : (2 * to) - from;
            for (var piece = 1; piece <= Pieces; piece++)
                curve.Add(CatmullRom(before, from, to, after, (float)piece / Pieces));
        }
    }

    // p(t) = ½ (2b + (c - a) t + (2a - 5b + 4c - d) t² + (3b - a - 3c + d) t³)   Catmull, Rom 1974
    private static Vector2 CatmullRom(Vector2 a, Vector2 b, Vector2 c, Vector2 d, float t) =>
        ((b * 2) + ((c - a) * t) + (((a * 2) - (b * 5) + (c * 4) - d) * (t * t)) + (((b * 3) - a - (c * 3) + d) * (t * t * t))) * 0.5f;
}
