namespace AttentionNotebooks;

/// <summary>A scene as its pixels show it, with answers worked out from them: the colour of an object is found by its paint, its place by its centre of mass, its shape by a corner of its box.</summary>
internal sealed record SeenScene(IReadOnlyList<Box> Boxes, IReadOnlyList<int> Pixels, IReadOnlyList<(double X, double Y)> Middles, IReadOnlyList<bool> Circles)
{
    private const int Side = 75;

    private static readonly (byte, byte, byte)[] Paints = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 156, 0), (128, 128, 128), (255, 255, 0)];

    public static SeenScene Look(ClevrScene scene)
    {
        var picture = new byte[3 * Side * Side];
        scene.Paint(picture);
        var found = Paints.Select(paint => Find(picture, paint)).ToArray();
        // What has no paint of an object is white.
        Assert.Equal((Side * Side) - found.Sum(one => one.Count), Find(picture, (255, 255, 255)).Count);
        var boxes = found.Select(places => new Box(places.Min(p => p.X), places.Min(p => p.Y), places.Max(p => p.X) + 1, places.Max(p => p.Y) + 1)).ToArray();
        return new(
            boxes,
            [.. found.Select(places => places.Count)],
            [.. found.Select(places => (places.Average(p => p.X), places.Average(p => p.Y)))],
            [.. found.Zip(boxes, (places, box) => !places.Contains(((int)box.Left, (int)box.Top)))]);
    }

    public int Answer(ClevrQuestion question)
    {
        var about = question.Colour;
        // By distance, nearest first; a stable sort leaves equals in the order of colours, as published.
        var others = Enumerable.Range(0, 6).Where(other => other != about).OrderBy(other => Distance(about, other)).ToArray();
        return question.Kind switch
        {
            ClevrQuestionKind.Shape => Shape(about),
            ClevrQuestionKind.Left => Middles[about].X < 37.5 ? 0 : 1,
            ClevrQuestionKind.Above => Middles[about].Y < 37.5 ? 0 : 1,
            ClevrQuestionKind.Closest => Shape(others[0]),
            ClevrQuestionKind.Furthest => Shape(others.First(other => Distance(about, other) == Distance(about, others[^1]))),
            _ => Array.IndexOf(SortOfClevr.Answers.ToArray(), $"{Circles.Count(circle => circle == Circles[about])}"),
        };
    }

    private int Shape(int colour) => Circles[colour] ? 3 : 2;

    private double Distance(int a, int b) => Math.Sqrt(Math.Pow(Middles[a].X - Middles[b].X, 2) + Math.Pow(Middles[a].Y - Middles[b].Y, 2));

    private static HashSet<(int X, int Y)> Find(byte[] picture, (byte Red, byte Green, byte Blue) paint)
    {
        var places = new HashSet<(int X, int Y)>();
        for (var at = 0; at < Side * Side; at++)
        {
            if ((picture[at], picture[(Side * Side) + at], picture[(2 * Side * Side) + at]) == paint) places.Add((at % Side, at / Side));
        }

        return places;
    }
}
