using System.Text.Json;

namespace AttentionNotebooks.Tests;

public class HeatMapTests
{
    [Fact]
    public void The_first_row_is_on_top_and_zero_is_transparent()
    {
        var fragment = new Fragment(Sample.Alignment());
        JsonElement cells = fragment.Traces.Single(), range = fragment.Layout.GetProperty("yaxis").GetProperty("range");

        Assert.Equal([0.9, 0.1, 0], cells.GetProperty("z")[0].EnumerateArray().Select(value => value.GetDouble()));
        Assert.True(range[0].GetDouble() > range[1].GetDouble());
        Assert.Equal(0, cells.GetProperty("zmin").GetDouble());
        Assert.Equal(0.9, cells.GetProperty("zmax").GetDouble(), 6);
        Assert.EndsWith(",0)", cells.GetProperty("colorscale")[0][1].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_values_may_be_negative_zero_is_in_the_middle()
    {
        JsonElement cells = new Fragment(new HeatMap("", "", new[,] { { -0.5f, 0.25f } })).Traces.Single();

        Assert.Equal(-0.5, cells.GetProperty("zmin").GetDouble());
        Assert.Equal(0.5, cells.GetProperty("zmax").GetDouble());
        Assert.Equal([1, 0, 0, 1], cells.GetProperty("colorscale").EnumerateArray().Select(stop => double.Parse(stop[1].GetString()!.Split(',')[^1].TrimEnd(')'), System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void What_is_no_number_is_an_empty_cell()
    {
        JsonElement cells = new Fragment(new HeatMap("", "", new[,] { { 1, float.NaN } }) { Written = true }).Traces.Single();

        Assert.Equal(JsonValueKind.Null, cells.GetProperty("z")[0][1].ValueKind);
        Assert.Equal("", cells.GetProperty("text")[0][1].GetString());
    }

    [Fact]
    public void Values_are_written_where_asked_for_and_not_what_is_as_good_as_nothing()
    {
        JsonElement cells = new Fragment(new HeatMap("", "", new[,] { { 0.126f, 0.004f, -0.5f } }) { Written = true }).Traces.Single();

        Assert.Equal(["0.13", "", "-0.50"], cells.GetProperty("text")[0].EnumerateArray().Select(text => text.GetString()!));
        Assert.Equal("%{text}", cells.GetProperty("texttemplate").GetString());
        Assert.False(new Fragment(new HeatMap("", "", new float[1, 1])).Traces.Single().TryGetProperty("text", out _));
    }

    [Fact]
    public void A_mark_frames_its_cell()
    {
        JsonElement mark = new Fragment(Sample.Alignment()).Layout.GetProperty("shapes")[1];

        Assert.Equal([1.5, 2.5, 0.5, 1.5], new[] { "x0", "x1", "y0", "y1" }.Select(side => mark.GetProperty(side).GetDouble()));
    }

    [Fact]
    public void Marks_side_by_side_share_a_frame()
    {
        JsonElement marks = new Fragment(new HeatMap("", "", new float[2, 6]) { Marks = [(0, 4), (0, 1), (0, 2), (1, 2)] }).Layout.GetProperty("shapes");

        Assert.Equal([[3.5, 4.5, -0.5], [0.5, 2.5, -0.5], [1.5, 2.5, 0.5]], marks.EnumerateArray().Select(mark => new[] { "x0", "x1", "y0" }.Select(side => mark.GetProperty(side).GetDouble()).ToArray()));
    }

    [Fact]
    public void Words_say_where_each_row_has_most() => Assert.Equal(
        "  attention weight α for 2 written and 3 read, up to 0.9\n  eine: most at a, 0.9\n  Katze: most at cat, 0.75",
        Sample.Alignment().ToString());

    [Fact]
    public void A_matrix_is_made_of_its_rows()
    {
        Assert.Equal(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }, HeatMap.Matrix([1, 2, 3, 4, 5, 6], 2));
        Assert.Throws<ArgumentException>(() => HeatMap.Matrix([1, 2, 3], 2));
    }
}
