using System.Text.Json;

namespace AttentionNotebooks.Tests;

public class LineChartTests
{
    [Theory]
    [InlineData(Role.Soft, "#0072B2")]
    [InlineData(Role.Hard, "#D55E00")]
    [InlineData(Role.Hybrid, "#009E73")]
    [InlineData(Role.Sparse, "#CC79A7")]
    [InlineData(Role.Control, "#7F7F7F")]
    [InlineData(Role.Exact, "#000000")]
    public void A_line_has_the_colour_of_its_role(Role role, string colour)
    {
        JsonElement line = Traces(new Series("one", role, [0, 1], [0, 1])).Single().GetProperty("line");

        Assert.Equal(colour, Palette.Of(role));
        Assert.Equal(colour, line.GetProperty("color").GetString());
        Assert.Equal(role == Role.Exact ? "dash" : "solid", line.GetProperty("dash").GetString());
    }

    [Fact]
    public void Lines_of_one_role_differ_by_dash_and_keep_it_in_every_panel()
    {
        Series a = new("a", Role.Hard, [0, 1], [0, 1]), b = new("b", Role.Hard, [0, 1], [1, 0]);
        string[] dashes = new Fragment(new LineChart("x", new Panel("one", a, b), new Panel("two", b))).Traces.Select(Dash).ToArray();

        Assert.Equal(["solid", "dot", "dot"], dashes);
    }

    [Fact]
    public void Text_gives_title_first_and_last_values_and_caption()
    {
        string text = Sample.Curves().ToString();

        Assert.Equal(
            """
            Training
              loss (nats), soft: 2.5 → 0.5 (training step 0 to 2)
              loss (nats), hard: 2.5 → 1 (mean of 2 runs, training step 0 to 2)
              accuracy, soft: 10.0 % → 50.0 % (training step 0 to 1)
            Look at the end.
            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public void Few_runs_are_thin_lines_and_many_a_band_around_the_mean()
    {
        double[][] Runs(int count) => [.. Enumerable.Range(0, count).Select(seed => new double[] { seed, 2 * seed })];

        JsonElement[] few = Traces(new Series("few", Role.Soft, [0, 1], Runs(3)));
        JsonElement[] many = Traces(new Series("many", Role.Soft, [0, 1], Runs(9)));

        Assert.Equal(4, few.Length);
        Assert.All(few[..3], trace => Assert.Equal(1, trace.GetProperty("line").GetProperty("width").GetDouble()));
        Assert.Equal(3, many.Length);
        Assert.Equal([0, 0], Y(many[0]));
        Assert.Equal([8, 16], Y(many[1]));
        Assert.Equal("tonexty", many[1].GetProperty("fill").GetString());
        Assert.Equal([4, 8], Y(many[2]));
    }

    [Fact]
    public void A_run_that_is_still_going_joins_the_mean_as_far_as_it_got()
    {
        JsonElement mean = Traces(new Series("live", Role.Soft, [0, 1, 2], [[2, 2, 2], [4]]))[^1];

        Assert.Equal([3, 2, 2], Y(mean));
    }

    [Fact]
    public void Smoothing_shows_the_weighted_mean_of_the_past_and_the_raw_line_behind()
    {
        var chart = new LineChart("x", new Panel("y", new Series("one", Role.Soft, [0, 1, 2], [1, 0, 4]))) { Smoothing = 0.5 };
        JsonElement[] traces = new Fragment(chart).Traces;

        Assert.Equal([1, 0, 4], Y(traces[0]));
        Assert.Equal([1, 0.33333, (0.25 + 4) / 1.75], Y(traces[1]).Select(y => (double)y!), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Smoothing_outside_its_range_is_refused(double smoothing) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningCurves { Smoothing = smoothing });

    [Fact]
    public void A_long_line_is_thinned_and_keeps_its_ends()
    {
        double[] x = [.. Enumerable.Range(0, 12_345).Select(i => (double)i)];
        JsonElement trace = Traces(new Series("long", Role.Soft, x, x)).Single();

        Assert.InRange(trace.GetProperty("x").GetArrayLength(), 100, 301);
        Assert.Equal(0, Y(trace)[0]);
        Assert.Equal(12_344, Y(trace)[^1]);
    }

    [Fact]
    public void Values_that_are_no_numbers_are_gaps()
    {
        JsonElement trace = Traces(new Series("gap", Role.Soft, [0, 1, 2], [1, double.NaN, double.PositiveInfinity])).Single();

        Assert.Equal([1, null, null], Y(trace));
    }

    [Fact]
    public void Log_axes_say_so_and_count_in_powers_of_ten()
    {
        JsonElement layout = new Fragment(Sample.Logarithmic()).Layout;

        Assert.Equal("log", layout.GetProperty("xaxis").GetProperty("type").GetString());
        Assert.Equal("locations N, log scale", layout.GetProperty("xaxis").GetProperty("title").GetProperty("text").GetString());
        Assert.Contains(Annotations(layout), note => note.GetProperty("text").GetString() is "time (ms), log scale");
        Assert.Equal(2, Annotations(layout).Single(note => note.GetProperty("text").GetString() is "soft").GetProperty("x").GetDouble(), 9);
    }

    [Fact]
    public void Labels_of_lines_that_end_together_move_apart()
    {
        Series[] series = [.. Enumerable.Range(0, 4).Select(i => new Series($"line {i}", Role.Soft, [0, 1], [i, 0.5]))];
        double[] shifts = [.. Annotations(new Fragment(new LineChart("x", new Panel("y", series))).Layout)
            .Where(note => note.TryGetProperty("yshift", out _) && note.GetProperty("text").GetString()!.StartsWith("line", StringComparison.Ordinal))
            .Select(note => note.GetProperty("yshift").GetDouble()).Order()];

        Assert.Equal(4, shifts.Length);
        Assert.All(shifts.Zip(shifts.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 14, 18));
    }

    [Fact]
    public void Labels_lie_within_the_axes_so_that_plotly_shows_them()
    {
        JsonElement layout = new Fragment(new LineChart("x", new Panel("y", new Series("end", Role.Soft, [0, 12345.678], [0, 98765.4321])) { To = 50_000 })).Layout;
        JsonElement label = Annotations(layout).Single(note => note.GetProperty("text").GetString() is "end");

        Assert.True(label.GetProperty("x").GetDouble() <= layout.GetProperty("xaxis").GetProperty("range")[1].GetDouble());
        Assert.True(label.GetProperty("y").GetDouble() <= layout.GetProperty("yaxis").GetProperty("range")[1].GetDouble());
    }

    [Fact]
    public void Nothing_measured_yet_is_an_empty_chart()
    {
        var chart = new LearningCurves(new Panel("loss", new Series("soft", Role.Soft, [], Array.Empty<double>()))) { XTo = 100 };

        Assert.Equal([0, 100], new Fragment(chart).Layout.GetProperty("xaxis").GetProperty("range").EnumerateArray().Select(end => end.GetDouble()));
        Assert.Contains("no values yet", chart.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_constant_line_has_an_axis_of_some_length()
    {
        JsonElement range = new Fragment(new LineChart("x", new Panel("y", new Series("flat", Role.Soft, [3], [0.0])))).Layout.GetProperty("yaxis").GetProperty("range");

        Assert.True(range[1].GetDouble() > range[0].GetDouble());
    }

    [Fact]
    public void A_series_keeps_its_own_copy_of_the_values()
    {
        double[] y = [1, 2];
        var series = new Series("copy", Role.Soft, [0, 1], y);
        y[0] = 99;

        Assert.Equal([1, 2], Y(Traces(series).Single()));
    }

    [Fact]
    public void More_values_than_places_are_refused_by_name()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Series("long", Role.Soft, [0], [1, 2, 3]));

        Assert.Contains("“long” has 3 values for 1 places", error.Message, StringComparison.Ordinal);
    }

    private static JsonElement[] Traces(Series series) => new Fragment(new LineChart("x", new Panel("y", series))).Traces;

    private static double?[] Y(JsonElement trace) => [.. trace.GetProperty("y").EnumerateArray().Select(y => y.ValueKind == JsonValueKind.Null ? (double?)null : y.GetDouble())];

    private static string Dash(JsonElement trace) => trace.GetProperty("line").GetProperty("dash").GetString()!;

    private static JsonElement[] Annotations(JsonElement layout) => [.. layout.GetProperty("annotations").EnumerateArray()];
}
