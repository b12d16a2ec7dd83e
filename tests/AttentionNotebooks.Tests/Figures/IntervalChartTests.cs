using System.Text.Json;

namespace AttentionNotebooks.Tests;

public class IntervalChartTests
{
    [Fact]
    public void Each_row_has_its_value_its_interval_and_its_name()
    {
        JsonElement layout = new Fragment(Sample.Intervals()).Layout, marks = new Fragment(Sample.Intervals()).Traces.Single();

        Assert.Equal([0.1, 0.3], marks.GetProperty("x").EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal([Palette.Soft, Palette.Hard], marks.GetProperty("marker").GetProperty("color").EnumerateArray().Select(color => color.GetString()));
        Assert.Equal(0.1, marks.GetProperty("error_x").GetProperty("array")[0].GetDouble(), 1e-6);
        Assert.Equal("accuracy, soft over hard", layout.GetProperty("yaxis").GetProperty("ticktext")[0].GetString());
    }

    [Fact]
    public void What_nothing_is_known_of_reaches_both_ends_of_the_axis()
    {
        JsonElement error = new Fragment(Sample.Intervals()).Traces.Single().GetProperty("error_x");
        double[] range = [.. new Fragment(Sample.Intervals()).Layout.GetProperty("xaxis").GetProperty("range").EnumerateArray().Select(end => end.GetDouble())];

        Assert.Equal(range[1] - 0.3, error.GetProperty("array")[1].GetDouble(), 1e-4);
        Assert.Equal(0.3 - range[0], error.GetProperty("arrayminus")[1].GetDouble(), 1e-4);
    }

    [Fact]
    public void Words_say_the_value_and_the_interval() => Assert.Equal(
        "  accuracy, soft over hard: advantage 10.0 % (from 5.0 % to 20.0 %)\n  nothing yet: advantage 30.0 %, no interval",
        Sample.Intervals().ToString());
}
