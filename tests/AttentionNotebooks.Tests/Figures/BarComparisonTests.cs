using System.Text.Json;

namespace AttentionNotebooks.Tests;

public class BarComparisonTests
{
    [Fact]
    public void Bars_start_at_zero_and_end_below_the_top()
    {
        JsonElement range = new Fragment(Sample.Bars()).Layout.GetProperty("yaxis").GetProperty("range");

        Assert.Equal(0, range[0].GetDouble());
        Assert.True(range[1].GetDouble() > 0.96);
    }

    [Fact]
    public void Whiskers_reach_from_the_low_to_the_high_end()
    {
        JsonElement bars = new Fragment(Sample.Bars()).Traces[0];

        Assert.Equal(0.01, bars.GetProperty("error_y").GetProperty("array")[0].GetDouble(), 6);
        Assert.Equal(0.01, bars.GetProperty("error_y").GetProperty("arrayminus")[0].GetDouble(), 6);
        Assert.Equal(0, bars.GetProperty("error_y").GetProperty("array")[1].GetDouble());
        Assert.Equal([Palette.Soft, Palette.Control], bars.GetProperty("marker").GetProperty("color").EnumerateArray().Select(colour => colour.GetString()!).ToArray());
    }

    [Fact]
    public void Every_run_is_a_dot()
    {
        JsonElement dots = new Fragment(Sample.Bars()).Traces[1];

        Assert.Equal([0.94, 0.96], dots.GetProperty("y").EnumerateArray().Select(y => y.GetDouble()));
    }

    [Fact]
    public void Text_gives_value_interval_and_runs() =>
        Assert.Equal("  accuracy, soft: 95.0 % (from 94.0 % to 96.0 %), 2 runs\n  accuracy, random: 30.0 %", Sample.Bars().ToString());
}
