using System.Globalization;
using System.Numerics;

namespace AttentionNotebooks;

/// <summary>
/// The movements of a pen without the pen: strokes, each a row of points that a smooth curve runs through.
/// Written as <c>x,y x,y …</c> on a grid of 100; <c>!</c> after a point makes it a corner, <c>;</c> lifts the pen.
/// </summary>
/// <param name="Strokes">The strokes, in the order in which they are drawn.</param>
internal sealed record Skeleton(Skeleton.Stroke[] Strokes)
{
    /// <summary>Reads the language above.</summary>
    public static Skeleton Parse(string path) => new(Array.ConvertAll(path.Split(';'), ParseStroke));

    private static Stroke ParseStroke(string text)
    {
        var points = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new(Array.ConvertAll(points, ParsePoint), Array.ConvertAll(points, point => point.EndsWith('!')));
    }

    private static Vector2 ParsePoint(string text)
    {
        var numbers = text.TrimEnd('!').Split(',');
        return new(int.Parse(numbers[0], CultureInfo.InvariantCulture), int.Parse(numbers[1], CultureInfo.InvariantCulture));
    }

    /// <summary>What is drawn without lifting the pen.</summary>
    /// <param name="Points">The points that the pen passes.</param>
    /// <param name="Corners">Where it turns sharply.</param>
    internal sealed record Stroke(Vector2[] Points, bool[] Corners);
}
