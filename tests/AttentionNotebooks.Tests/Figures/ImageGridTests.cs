using System.Text.Json;

namespace AttentionNotebooks.Tests;

public class ImageGridTests
{
    [Fact]
    public void Pixels_keep_their_grey_and_the_gaps_are_transparent()
    {
        PngPicture picture = Picture(new ImageGrid(new Tile(Sample.Ramp(4, 4)), new Tile(new float[,] { { 2, -1, 0, 0 }, { 0.5f, float.NaN, 0, 0 }, { 0, 0, 0, 0 }, { 0, 0, 0, 1 } })));

        Assert.Equal(2, picture.Channels);
        Assert.Equal([0, 255], picture.At(0, 0));
        Assert.Equal([255, 255], picture.At(3, 3));
        Assert.Equal([0, 0], picture.At(0, 4));
        int second = picture.Width - 4;
        Assert.Equal([255, 255], picture.At(0, second));
        Assert.Equal([0, 255], picture.At(0, second + 1));
        Assert.Equal([128, 255], picture.At(1, second));
        Assert.Equal([0, 255], picture.At(1, second + 1));
    }

    [Fact]
    public void Zero_attention_leaves_the_pixel_and_full_attention_colours_it_and_lets_it_through()
    {
        float[,] image = { { 0, 0 }, { 1, 1 } };
        PngPicture picture = Picture(new ImageGrid(new Tile(image) { Map = AttentionMap.OfGrid(new float[,] { { 0, 0.5f } }) }));

        Assert.Equal([0, 0, 0, 255], picture.At(0, 0));
        Assert.Equal([255, 255, 255, 255], picture.At(1, 0));
        Assert.Equal([184, 127, 0, 255], picture.At(0, 1));
        Assert.Equal([235, 178, 51, 255], picture.At(1, 1));
    }

    [Fact]
    public void A_picture_keeps_its_colours_unless_attention_lies_over_it()
    {
        float[,,] red = new float[3, 1, 1];
        red[0, 0, 0] = 1;
        PngPicture picture = Picture(new ImageGrid(new Tile(red), new Tile(red) { Map = AttentionMap.OfGrid(new float[,] { { 0 } }) }));

        Assert.Equal([255, 0, 0, 255], picture.At(0, 0));
        Assert.Equal([76, 76, 76, 255], picture.At(0, picture.Width - 1));
        Assert.Throws<ArgumentException>(() => new Tile(new float[1, 2, 2]));
    }

    [Theory]
    [InlineData(100, 100, 342)]
    [InlineData(10, 100, 700)]
    public void A_wide_picture_takes_the_whole_width(int height, int width, int shown) =>
        Assert.Contains($"max-width:{shown}px", new ImageGrid(new Tile(new float[height, width])).ToHtml(), StringComparison.Ordinal);

    [Fact]
    public void All_maps_share_one_scale()
    {
        Tile Of(float weight) => new(new float[1, 1]) { Map = AttentionMap.OfGrid(new[,] { { weight } }) };
        PngPicture picture = Picture(new ImageGrid(Of(1), Of(0.5f)));

        Assert.Equal(184, picture.At(0, 0)[0]);
        Assert.Equal(92, picture.At(0, picture.Width - 1)[0]);
    }

    [Fact]
    public void Windows_that_overlap_add_up()
    {
        var map = AttentionMap.OfWindows([new ImageBox(0, 0, 2, 2), new ImageBox(1, 1, 2, 2), new ImageBox(-1, 2, 2, 5)], [0.25f, 0.5f, 0.125f]);

        Assert.Equal([0.25, 0.25, 0.125, 0.25, 0.75, 0.5, 0, 0.5, 0.5], map.Pixels(3, 3));
    }

    [Theory]
    [InlineData(60, 7)]
    [InlineData(7, 3)]
    [InlineData(5, 5)]
    public void A_grid_gives_every_pixel_to_exactly_one_cell(int size, int cells)
    {
        float[,] ones = new float[cells, cells];
        for (int i = 0; i < ones.Length; i++)
            ones[i / cells, i % cells] = 1;

        Assert.All(AttentionMap.OfGrid(ones).Pixels(size, size), weight => Assert.Equal(1, weight));
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_weight_that_is_none_is_refused(float weight) =>
        Assert.Throws<ArgumentException>(() => AttentionMap.OfGrid(new[,] { { 0, weight } }));

    [Fact]
    public void Every_window_needs_a_weight()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => AttentionMap.OfWindows([new ImageBox(0, 0, 1, 1)], [0.5f, 0.5f]));

        Assert.Contains("2 weights for 1 windows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_box_lies_where_it_says_in_its_own_picture()
    {
        var box = new ImageBox(1, 2, 3, 2, Role.Hard);
        JsonElement layout = new Fragment(new ImageGrid(new Tile(Sample.Ramp(8, 8)), new Tile(Sample.Ramp(8, 8)) { Boxes = [box] })).Layout;
        double corner = layout.GetProperty("xaxis").GetProperty("range")[1].GetDouble() - 8;
        JsonElement drawn = Shapes(layout).Single(shape => shape.GetProperty("line").GetProperty("color").GetString() is Palette.Hard);

        double Edge(string name) => drawn.GetProperty(name).GetDouble();
        Assert.Equal((corner + 2, corner + 4, 1, 4), (Edge("x0"), Edge("x1"), Edge("y0"), Edge("y1")));
        Assert.Equal("solid", drawn.GetProperty("line").GetProperty("dash").GetString());
    }

    [Fact]
    public void The_true_place_is_dashed()
    {
        JsonElement layout = new Fragment(Sample.Images()).Layout;

        Assert.Single(Shapes(layout), shape => shape.GetProperty("line").GetProperty("dash").GetString() is "dash");
    }

    [Fact]
    public void The_key_names_each_kind_of_box_once()
    {
        Tile Of() => new(Sample.Ramp(4, 4)) { Boxes = [new ImageBox(0, 0, 2, 2, Role.Hard, "read"), new ImageBox(0, 0, 2, 2, Role.Exact, "true place")] };
        string[] names = [.. new Fragment(new ImageGrid(Of(), Of())).Traces.Where(trace => trace.TryGetProperty("name", out _)).Select(trace => trace.GetProperty("name").GetString()!)];

        Assert.Equal(["read", "true place"], names);
    }

    [Fact]
    public void A_way_leads_from_stop_to_stop_in_its_own_picture_and_is_named_in_the_key()
    {
        var way = new ImagePath([(1, 2), (3, 4), (6, 5)], Role.Soft, "the way so far");
        var grid = new ImageGrid(new Tile(Sample.Ramp(8, 8)), new Tile(Sample.Ramp(8, 8)) { Paths = [way] });
        var fragment = new Fragment(grid);
        double corner = fragment.Layout.GetProperty("xaxis").GetProperty("range")[1].GetDouble() - 8;
        (double X0, double Y0, double X1, double Y1) Ends(JsonElement shape) => (shape.GetProperty("x0").GetDouble() - corner, shape.GetProperty("y0").GetDouble(), shape.GetProperty("x1").GetDouble() - corner, shape.GetProperty("y1").GetDouble());

        JsonElement[] lines = [.. Shapes(fragment.Layout).Where(shape => shape.GetProperty("type").GetString() is "line" && shape.GetProperty("line").GetProperty("color").GetString() is Palette.Soft)];
        JsonElement[] dots = [.. Shapes(fragment.Layout).Where(shape => shape.GetProperty("type").GetString() is "circle")];
        Assert.Equal([(1, 2, 3, 4), (3, 4, 6, 5)], lines.Select(Ends));
        Assert.Equal([(1, 2), (3, 4), (6, 5)], dots.Select(Ends).Select(ends => (Math.Round((ends.X0 + ends.X1) / 2, 9), Math.Round((ends.Y0 + ends.Y1) / 2, 9))));
        Assert.Contains("  ways: the way so far", grid.ToString(), StringComparison.Ordinal);
        Assert.Single(fragment.Traces, trace => trace.TryGetProperty("name", out JsonElement name) && name.GetString() is "the way so far");
    }

    [Fact]
    public void Ten_canvases_stay_small()
    {
        var random = new Random(3);
        float[,] Canvas()
        {
            float[,] canvas = new float[60, 60];
            for (int i = 0; i < 700; i++)
                canvas[random.Next(60), random.Next(60)] = random.NextSingle();
            return canvas;
        }

        string html = new ImageGrid(Enumerable.Range(0, 10).Select(i => new Tile(Canvas(), $"{i} → {i} ✓"))).ToHtml();

        Assert.InRange(html.Length, 10_000, 40_000);
    }

    [Fact]
    public void Images_of_different_sizes_are_refused_with_both_sizes()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new ImageGrid(new Tile(Sample.Ramp(4, 4)), new Tile(Sample.Ramp(5, 4), "odd")));

        Assert.Contains("“odd” is 5×4 and the first is 4×4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_image_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new ImageGrid());
        Assert.Throws<ArgumentException>(() => new ImageGrid(new Tile(new float[0, 3])));
    }

    [Fact]
    public void Text_names_images_boxes_and_scale() =>
        Assert.Equal("  2 images of 6×6 pixels: 7 → 7 ✓\n  boxes: read, true place\n  attention weight α from 0 to 1", Sample.Images().ToString());

    private static PngPicture Picture(ImageGrid grid) =>
        PngPicture.OfDataAddress(new Fragment(grid).Traces.Single(trace => trace.GetProperty("type").GetString() is "image").GetProperty("source").GetString()!);

    private static JsonElement[] Shapes(JsonElement layout) => [.. layout.GetProperty("shapes").EnumerateArray()];
}
