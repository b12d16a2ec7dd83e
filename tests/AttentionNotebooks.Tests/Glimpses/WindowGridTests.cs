using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class WindowGridTests
{
    public static TheoryData<int, int, int, int> Grids => new()
    {
        // Image, window, stride, windows in a row.
        { 60, 28, 8, 5 },
        { 12, 4, 4, 3 },
        { 13, 4, 4, 3 },
        { 7, 3, 1, 5 },
        { 5, 5, 3, 1 },
        { 6, 1, 6, 1 },
        { 1, 1, 1, 1 },
    };

    [Theory]
    [MemberData(nameof(Grids))]
    public void Windows_are_counted_row_by_row_and_lie_in_the_image(int image, int window, int stride, int side)
    {
        var grid = new WindowGrid(image, window, stride);

        Assert.Equal((side, side * side), (grid.Side, grid.Count));
        for (var n = 0; n < grid.Count; n++)
        {
            var (left, top) = (n % side * stride, n / side * stride);
            Assert.Equal(new Box(left, top, left + window, top + window), grid[n]);
            Assert.InRange(left + window, 1, image);
            Assert.InRange(top + window, 1, image);
        }
    }

    [Theory]
    [MemberData(nameof(Grids))]
    public void A_window_holds_the_pixels_of_its_box_cut_out_with_all_or_alone(int image, int window, int stride, int side)
    {
        using var scope = NewDisposeScope();
        var grid = new WindowGrid(image, window, stride);
        var images = Draw.Normal(1, [2, 1, image, image]);

        var all = grid.All(images);
        var at = grid.At(images, arange(grid.Count).expand(2, grid.Count));

        Assert.Equal([2L, side * side, window, window], all.shape);
        Assert.True(all.Equals(at));
        for (var n = 0; n < grid.Count; n++)
        {
            var box = grid[n];
            Assert.True(all.select(1, n).Equals(images[.., 0, (int)box.Top..(int)box.Bottom, (int)box.Left..(int)box.Right]));
        }
    }

    [Fact]
    public void Each_image_has_its_own_locations_in_any_order_and_more_than_once()
    {
        using var scope = NewDisposeScope();
        var grid = new WindowGrid(13, 4, 3);
        var images = Draw.Normal(1, [2, 1, 13, 13]).transpose(2, 3);
        var locations = tensor(new[] { 3L, 0, 3, 15, 14, 1 }, [2, 3]);

        var some = grid.At(images, locations);
        var all = grid.All(images);

        for (var b = 0; b < 2; b++)
        {
            for (var m = 0; m < 3; m++) Assert.True(some[b, m].Equals(all[b, locations[b, m].ToInt64()]));
        }
    }

    [Fact]
    public void Gradients_pass_through_windows()
    {
        using var scope = NewDisposeScope();
        var grid = new WindowGrid(5, 3, 2);
        var images = Draw.Leaf(1, 2, 1, 5, 5);

        var all = GradCheck.Run(() => grid.All(images).square(), [images]);
        var at = GradCheck.Run(() => grid.At(images, tensor(new[] { 3L, 3, 0, 1 }, [2, 2])).square(), [images]);

        Assert.True(all.Within(1e-7), all.ToString());
        Assert.True(at.Within(1e-7), at.ToString());
    }

    [Fact]
    public void The_boxes_are_those_of_the_windows()
    {
        using var scope = NewDisposeScope();
        var grid = new WindowGrid(60, 28, 8);

        var boxes = grid.Boxes();

        Assert.Equal([25L, 4], boxes.shape);
        Assert.Equal(float32, boxes.dtype);
        for (var n = 0; n < 25; n++)
            Assert.Equal([grid[n].Left, grid[n].Top, grid[n].Right, grid[n].Bottom], boxes[n].to(float64).data<double>().ToArray());
    }

    [Fact]
    public void A_location_that_does_not_exist_is_an_error()
    {
        using var scope = NewDisposeScope();
        var grid = new WindowGrid(13, 4, 3);

        Assert.Throws<ArgumentOutOfRangeException>(() => grid[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => grid[16]);
        foreach (var location in new[] { -1L, 16, 19 })
            Assert.ThrowsAny<Exception>(() => grid.At(zeros(1, 1, 13, 13), full([1, 1], location, int64)));
    }

    [Fact]
    public void Shapes_and_sizes_that_do_not_fit_are_errors_that_name_them()
    {
        using var scope = NewDisposeScope();
        var grid = new WindowGrid(13, 4, 3);

        Assert.StartsWith("images has shape [2, 13, 13], expected [B, 1, 13, 13].", Assert.Throws<ArgumentException>(() => grid.All(zeros(2, 13, 13))).Message, StringComparison.Ordinal);
        Assert.StartsWith("images has shape [2, 1, 13, 12], ", Assert.Throws<ArgumentException>(() => grid.At(zeros(2, 1, 13, 12), zeros(2, 1, int64))).Message, StringComparison.Ordinal);
        Assert.StartsWith("locations has shape [3, 1], expected [2, M].", Assert.Throws<ArgumentException>(() => grid.At(zeros(2, 1, 13, 13), zeros(3, 1, int64))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new WindowGrid(10, 11, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WindowGrid(10, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WindowGrid(10, 5, 0));
    }

    [Fact]
    public void Nothing_is_handed_over_but_the_windows()
    {
        using var scope = NewDisposeScope();
        var grid = new WindowGrid(13, 4, 3);
        var (images, locations) = (zeros(2, 1, 13, 13), zeros(2, 3, int64));

        Assert.Equal(1, LiveTensors.HandedOverBy(() => grid.All(images)));
        Assert.Equal(1, LiveTensors.HandedOverBy(() => grid.At(images, locations)));
        Assert.Equal(1, LiveTensors.HandedOverBy(() => grid.Boxes()));
    }
}
