using System.Text.Json;

namespace AttentionNotebooks.Tests;

public class PointChartTests
{
    [Fact]
    public void A_point_has_the_colour_of_its_role_and_its_interval()
    {
        JsonElement marks = new Fragment(Sample.Points()).Traces.Single();

        Assert.Equal([Palette.Soft, Palette.Hard], marks.GetProperty("marker").GetProperty("color").EnumerateArray().Select(colour => colour.GetString()!));
        Assert.Equal([0.01, 0], marks.GetProperty("error_y").GetProperty("array").EnumerateArray().Select(length => Math.Round(length.GetDouble(), 6)));
        Assert.Equal([0.01, 0], marks.GetProperty("error_y").GetProperty("arrayminus").EnumerateArray().Select(length => Math.Round(length.GetDouble(), 6)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public void Names_of_points_that_lie_together_do_not_meet(int count)
    {
        var chart = new PointChart("x", "y", Enumerable.Range(0, count).Select(i => new Point($"point {i}", Role.Soft, 1 + (0.001 * i), 1))) { XFrom = 0, XTo = 2, YFrom = 0, YTo = 2 };
        (double X, double Y)[] shifts = [.. new Fragment(chart).Layout.GetProperty("annotations").EnumerateArray().Take(count)
            .Select(label => (label.GetProperty("xshift").GetDouble(), label.GetProperty("yshift").GetDouble()))];

        for (int a = 0; a < count; a++)
        {
            for (int b = 0; b < a; b++)
                Assert.True(Math.Abs(shifts[a].X - shifts[b].X) > 7 * 7 || Math.Abs(shifts[a].Y - shifts[b].Y) >= 15.9, $"names {a} and {b} meet");
        }
    }

    [Fact]
    public void Theory_is_a_dashed_line_with_a_name_and_a_point_without_one_has_no_label()
    {
        var fragment = new Fragment(new PointChart("x", "y", new Point("a", Role.Soft, 0, 1), new Point("", Role.Soft, 1, 1)) { Theory = ("at most", [(0, 1), (0.5, 1), (1, 0.8)]) });

        Assert.Equal("dash", fragment.Traces[0].GetProperty("line").GetProperty("dash").GetString());
        Assert.Equal([1, 1, 0.8], fragment.Traces[0].GetProperty("y").EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal(["a", "at most", "y"], fragment.Layout.GetProperty("annotations").EnumerateArray().Select(label => label.GetProperty("text").GetString()!));
    }

    [Fact]
    public void Words_give_both_measures() => Assert.Equal(
        "  soft: accuracy 95.0 % (from 94.0 % to 96.0 %) at million operations 10\n  hard: accuracy 94.0 % at million operations 1",
        Sample.Points().ToString());
}
