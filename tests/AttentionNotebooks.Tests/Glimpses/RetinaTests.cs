using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class RetinaTests
{
    [Theory]
    [InlineData(4, 1, 2, 1)]
    [InlineData(3, 2, 2, 2)]
    [InlineData(2, 3, 3, 1)]
    [InlineData(5, 4, 2, 3)]
    public void A_glimpse_is_cut_pixel_by_pixel_and_averaged_down_with_zeros_beyond_the_image(int size, int scales, int zoom, int channels)
    {
        using var scope = NewDisposeScope();
        const int B = 7, H = 9, W = 12;
        var images = Draw.Normal(1, [B, channels, H, W]);
        // Inside, at the corners, and beyond.
        var locations = cat([Draw.Normal(2, [B - 3, 2]).tanh(), tensor([-1.0, -1, 1, 1, 3, -5], [3, 2])]);
        var retina = new Retina(size, scales, zoom);

        var glimpse = retina.Look(Retina.Open(images), locations);

        Assert.Equal([B, scales * channels, size, size], glimpse.shape);
        var pixels = images.data<double>().ToArray();
        double Pixel(int b, int c, long row, long column) => row is < 0 or >= H || column is < 0 or >= W ? 0 : pixels[((b * channels + c) * H + row) * W + column];
        for (var b = 0; b < B; b++)
        {
            for (var scale = 0; scale < scales; scale++)
            {
                var factor = (long)Math.Pow(zoom, scale);
                var box = retina.Patch(locations[b, 0].ToDouble(), locations[b, 1].ToDouble(), W, H, scale);
                for (var (c, i, j) = (0, 0, 0); c < channels; (c, i, j) = j + 1 < size ? (c, i, j + 1) : i + 1 < size ? (c, i + 1, 0) : (c + 1, 0, 0))
                {
                    var sum = 0.0;
                    for (var row = 0; row < factor; row++)
                        for (var column = 0; column < factor; column++)
                            sum += Pixel(b, c, (long)box.Top + i * factor + row, (long)box.Left + j * factor + column);
                    Assert.Equal(sum / (factor * factor), glimpse[b, scale * channels + c, i, j].ToDouble(), 12);
                }
            }
        }
    }

    [Fact]
    public void The_corners_of_the_image_are_where_the_coordinates_say()
    {
        using var scope = NewDisposeScope();
        var retina = new Retina(4);

        Assert.Equal(new Box(-2, -2, 2, 2), retina.Patch(-1, -1, 20, 10));
        Assert.Equal(new Box(18, 8, 22, 12), retina.Patch(1, 1, 20, 10));
        Assert.Equal(new Box(8, 3, 12, 7), retina.Patch(0, 0, 20, 10));
        Assert.Equal(new Box(6, 1, 14, 9), retina.Patch(0, 0, 20, 10, scale: 1));
    }

    [Fact]
    public void Layout_dtype_and_an_empty_batch_do_not_matter_and_nothing_is_left()
    {
        using var scope = NewDisposeScope();
        var retina = new Retina(3, 2);
        var images = Draw.Normal(1, [8, 6, 1, 4]).permute(3, 2, 1, 0);
        var locations = Draw.Normal(2, [2, 4]).transpose(0, 1);

        var glimpse = retina.Look(Retina.Open(images), locations);

        Assert.True(glimpse.Equals(retina.Look(Retina.Open(images.contiguous()), locations.contiguous())));
        Assert.True(glimpse.to(float32).allclose(retina.Look(Retina.Open(images.to(float32)), locations.to(float32)), 0, 1e-6));
        Assert.Equal([0L, 2, 3, 3], retina.Look(Retina.Open(zeros(0, 1, 8, 8)), zeros(0, 2)).shape);
        var opened = Retina.Open(images);
        Assert.Equal(1, LiveTensors.HandedOverBy(() => retina.Look(opened, locations)));
        Assert.Equal(1, LiveTensors.HandedOverBy(() => Retina.Open(images)));
    }

    [Fact]
    public void Pixels_get_their_gradient_and_the_location_none()
    {
        using var scope = NewDisposeScope();
        var (images, locations) = (Draw.Leaf(1, 2, 1, 6, 6), Draw.Leaf(2, 2, 2));
        var retina = new Retina(2, 2);

        var result = GradCheck.Run(() => retina.Look(Retina.Open(images), locations.detach()), [images]);
        retina.Look(Retina.Open(images), locations).sum().backward();

        Assert.True(result.Within(1e-7), result.ToString());
        Assert.Null(locations.grad);
    }

    [Fact]
    public void Sizes_and_shapes_that_do_not_fit_are_errors()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentOutOfRangeException>(() => new Retina(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Retina(4, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Retina(4, 1, 0));
        Assert.StartsWith("images has shape [2, 8, 8], expected [B, C, H, W].", Assert.Throws<ArgumentException>(() => Retina.Open(zeros(2, 8, 8))).Message, StringComparison.Ordinal);
        Assert.StartsWith("locations has shape [3, 2], expected [2, 2].", Assert.Throws<ArgumentException>(() => new Retina(4).Look(zeros(2, 1, 8, 8), zeros(3, 2))).Message, StringComparison.Ordinal);
    }
}
