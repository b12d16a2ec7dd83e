namespace AttentionNotebooks.Tests;

/// <summary>One small figure of each kind, with made-up data.</summary>
internal static class Sample
{
    public const string Hostile = "a </script><b onmouseover=\"x\"> 'q' & <!-- </figcaption>";

    public static LearningCurves Curves(string title = "Training", string caption = "Look at the end.", string name = "soft") =>
        new(
            new Panel("loss (nats)", new Series(name, Role.Soft, [0, 1, 2], [2.5, 1.5, 0.5]), new Series("hard", Role.Hard, [0, 1, 2], [[2.5, 2, 1], [2.5, 1.8]])),
            new Panel("accuracy", new Series(name, Role.Soft, [0, 1, 2], [0.1, 0.5, double.NaN])) { Percent = true, From = 0, To = 1 })
        {
            Title = title,
            Caption = caption,
        };

    public static ImageGrid Images(string title = "7 → 7 ✓") =>
        new(
            new Tile(Ramp(6, 6), title) { Boxes = [new ImageBox(1, 1, 3, 3, Role.Hard, "read"), new ImageBox(0, 2, 3, 3, Role.Exact, "true place")] },
            new Tile(Ramp(6, 6)) { Map = AttentionMap.OfGrid(new float[,] { { 0, 1 }, { 0, 0 } }) });

    public static BarComparison Bars() =>
        new("accuracy", new Bar("soft", Role.Soft, 0.95, 0.94, 0.96) { Runs = [0.94, 0.96] }, new Bar("random", Role.Control, 0.3)) { Percent = true, Level = ("chance", 0.1) };

    public static LineChart Logarithmic() =>
        new("locations N", new Panel("time (ms)", new Series("soft", Role.Soft, [1, 10, 100], [0.1, 1, 10])) { Log = true }) { LogX = true, Markers = true };

    public static PlotlyFigure Own() => new(Plotly.NET.CSharp.Chart.Line<double, double, string>([1.0, 2], [3.0, 4], Name: "mine"));

    public static HeatMap Alignment() => new("written", "read", new[,] { { 0.9f, 0.1f, 0 }, { 0, 0.25f, 0.75f } })
    {
        Rows = ["eine", "Katze"],
        Columns = ["a", "small", "cat"],
        Written = true,
        Marks = [(0, 0), (1, 2)],
    };

    public static PointChart Points() => new("million operations", "accuracy", new Point("soft", Role.Soft, 10, 0.95) { Interval = (0.94, 0.96) }, new Point("hard", Role.Hard, 1, 0.94)) { LogX = true, PercentY = true };

    public static IntervalChart Intervals() => new("advantage", new Interval("accuracy, soft over hard", Role.Soft, 0.1, 0.05, 0.2) { Mark = 0.02 }, new Interval("nothing yet", Role.Hard, 0.3, double.NegativeInfinity, double.PositiveInfinity)) { Percent = true };

    public static FigureSequence Sequence() => new("temperature τ", new[] { 1.0, 2, 3 }.Select(height => ($"{height}", (Figure)new BarComparison("weight", new Bar("one", Role.Soft, height)) { To = 3 }))) { Title = "It grows", Start = 1 };

    public static AttendedText Text() => new(
        new AttendedSentence("soft: good ✓", Role.Soft, ["not", "bad"], [0.75f, 0.25f]) { Marks = [0, 1] },
        new AttendedSentence("hard: bad ✗", Role.Hard, ["not", "bad"], [0, 1]));

    public static TheoryData<string> Kinds => ["curves", "images", "bars", "logarithmic", "own", "alignment", "points", "intervals", "sequence", "text"];

    public static Figure Of(string kind) => kind switch
    {
        "curves" => Curves(),
        "images" => Images(),
        "bars" => Bars(),
        "logarithmic" => Logarithmic(),
        "own" => Own(),
        "alignment" => Alignment(),
        "points" => Points(),
        "intervals" => Intervals(),
        "sequence" => Sequence(),
        "text" => Text(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static float[,] Ramp(int height, int width)
    {
        float[,] image = new float[height, width];
        for (int i = 0; i < image.Length; i++)
            image[i / width, i % width] = i / (image.Length - 1f);
        return image;
    }
}
