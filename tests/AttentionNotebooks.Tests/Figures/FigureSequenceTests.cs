using System.Text.Json;

namespace AttentionNotebooks.Tests;

public class FigureSequenceTests
{
    [Fact]
    public void It_holds_every_figure_and_says_where_it_starts()
    {
        JsonElement chart = new Fragment(Sample.Sequence()).Chart;

        Assert.Equal(["1", "2", "3"], chart.GetProperty("labels").EnumerateArray().Select(label => label.GetString()!));
        Assert.Equal([1, 2, 3], chart.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("data")[0].GetProperty("y")[0].GetDouble()));
        Assert.Equal(1, chart.GetProperty("start").GetInt32());
        Assert.Equal("temperature τ", chart.GetProperty("name").GetString());
    }

    [Fact]
    public void It_starts_with_the_last_unless_told() =>
        Assert.Equal(2, new FigureSequence("step", Sample.Sequence().Steps).Start);

    [Fact]
    public void Words_say_what_changes_and_what_is_shown() => Assert.Equal(
        "It grows\n  temperature τ from 1 to 3 in 3 steps; at 2\n  weight, one: 2",
        Sample.Sequence().ToString());

    [Fact]
    public void No_figure_and_a_start_that_is_not_there_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new FigureSequence("step"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FigureSequence("step", Sample.Sequence().Steps) { Start = 3 });
    }
}
