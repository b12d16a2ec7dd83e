using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class RetinaTests
{
    [Theory]
    [InlineData(4, 1, 2, 9, 9)]
    [InlineData(3, 3, 2, 9, 7)]
    [InlineData(4, 3, 2, 6, 11)]
    [InlineData(3, 2, 3, 8, 5)]
    [InlineData(1, 4, 2, 5, 5)]
    [InlineData(12, 4, 2, 20, 20)]
    [InlineData(5, 1, 1, 3, 4)]
    [InlineData(2, 1, 2, 1, 1)]
    public void A_glimpse_holds_the_means_that_a_loop_over_pixels_finds(int size, int scales, int zoom, int height, int width)
    {
        using var scope = NewDisposeScope();
        var retina = new Retina(size, scales, zoom);
        foreach (var dtype in new[] { float32, float64 })
        {
            var images = Draw.Normal(1, [40, 2, height, width], dtype);
            // Corners, middle and edges of the image, then anywhere, beyond it too; in 64ths, which both dtypes hold exactly.
            var special = tensor(new[] { -1.0, -1, 1, 1, 0, 0, -1, 1, 1, -1, 0.5, -0.25, 3, 0, 0, -3 }, [8, 2]);
            var locations = cat([special, (Draw.Normal(2, [32, 2]) * 40).round() / 64]).to(dtype);

            var glimpses = retina.Glimpse(images, locations);

            Assert.Equal([40L, scales * 2, size, size], glimpses.shape);
            Assert.Equal(dtype, glimpses.dtype);
            var expected = ByPixel(retina, images.to(float64), locations.to(float64));
            var tolerance = dtype == float32 ? 1e-5 : 1e-12;
            Assert.Equal(0, (glimpses.to(float64) - expected).abs().max().ToDouble(), tolerance);
        }
    }

    [Fact]
    public void Minus_one_is_the_outer_edge_of_the_first_pixel_and_one_that_of_the_last()
    {
        using var scope = NewDisposeScope();
        var images = arange(1, 17, float32).reshape(1, 1, 4, 4).expand(5, 1, 4, 4);
        var locations = tensor(new float[] { -1, -1, 1, 1, 0, 0, 1, -1, -0.5f, 0.5f }, [5, 2]);

        var glimpses = new Retina(2).Glimpse(images, locations);

        Assert.Equal([0f, 0, 0, 1], glimpses[0].contiguous().data<float>().ToArray());
        Assert.Equal([16f, 0, 0, 0], glimpses[1].contiguous().data<float>().ToArray());
        Assert.Equal([6f, 7, 10, 11], glimpses[2].contiguous().data<float>().ToArray());
        Assert.Equal([0f, 0, 4, 0], glimpses[3].contiguous().data<float>().ToArray());
        Assert.Equal([9f, 10, 13, 14], glimpses[4].contiguous().data<float>().ToArray());
    }

    [Fact]
    public void Channels_follow_each_other_within_a_scale_and_the_finest_scale_is_first()
    {
        using var scope = NewDisposeScope();
        var images = cat([ones(1, 1, 16, 16), full([1, 1, 16, 16], 2f)], 1);

        var glimpse = new Retina(2, scales: 3).Glimpse(images, zeros(1, 2));

        Assert.Equal([1f, 2, 1, 2, 1, 2], glimpse[0, .., 0, 0].contiguous().data<float>().ToArray());
    }

    [Property(MaxTest = 60)]
    public Property A_single_bright_pixel_is_seen_where_the_box_says_and_shared_over_the_pixels_of_its_scale(byte place, byte across, byte down, byte kind)
    {
        using var scope = NewDisposeScope();
        var (size, scales) = (1 + kind % 4, 1 + kind / 4 % 3);
        var retina = new Retina(size, scales);
        var (x, y) = (place % 10, place / 10 % 10);
        var images = zeros(1, 1, 10, 10, float64);
        images[0, 0, y, x] = 1;
        var location = tensor(new[] { across / 127.5 - 1, down / 127.5 - 1 }, [1, 2]);

        var glimpse = retina.Glimpse(images, location);

        var fits = true;
        for (var s = 0; s < scales; s++)
        {
            var box = retina.Boxes(location, s, 10, 10)[0].data<double>().ToArray();
            var inside = x >= box[0] && x < box[2] && y >= box[1] && y < box[3];
            var step = 1 << s;
            var expected = zeros(size, size, float64);
            if (inside) expected[(y - (int)box[1]) / step, (x - (int)box[0]) / step] = 1.0 / (step * step);
            fits &= glimpse[0, s].allclose(expected);
            // The middle of the box is at most half a pixel from the location.
            fits &= Math.Abs((box[0] + box[2]) / 2 - (across / 127.5) * 5) <= 0.5 + 1e-9 && box[2] - box[0] == size * step;
        }

        return fits.ToProperty();
    }

    [Fact]
    public void Images_projected_once_give_the_same_glimpses_and_need_not_be_contiguous()
    {
        using var scope = NewDisposeScope();
        var retina = new Retina(3, scales: 2);
        var images = Draw.Normal(1, [5, 2, 8, 9]).transpose(2, 3);
        var locations = Draw.Normal(2, [2, 5]).transpose(0, 1);

        var seen = retina.Project(images);

        var expected = retina.Glimpse(images.contiguous(), locations.contiguous());
        Assert.True(seen.At(locations).Equals(expected));
        Assert.True(seen.At(locations).Equals(expected));
    }

    // The definition, pixel by pixel: of all squares that cover a pixel the finest counts, and of these the last.
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    public void What_is_known_is_what_the_sharpest_glimpse_showed_and_the_last_of_these(int scales, int zoom)
    {
        using var scope = NewDisposeScope();
        var retina = new Retina(2, scales, zoom);
        var (images, locations) = (Draw.Normal(1, [4, 2, 9, 11]), Draw.Normal(2, [4, 3, 2]) * 0.7);

        var known = retina.Reconstruct(images, locations, unseen: 7);

        for (var b = 0; b < 4; b++)
        {
            var one = images.narrow(0, b, 1);
            for (var (y, x) = (0, 0); y < 9; (y, x) = x < 10 ? (y, x + 1) : (y + 1, 0))
            {
                double[] expected = [7, 7];
                for (var (scale, step) = (scales - 1, (int)Math.Pow(zoom, scales - 1)); scale >= 0; scale--, step /= zoom)
                {
                    for (var t = 0; t < 3; t++)
                    {
                        var location = locations[b, t].unsqueeze(0);
                        var box = retina.Boxes(location, scale, 9, 11).data<double>().ToArray();
                        if (x < box[0] || x >= box[2] || y < box[1] || y >= box[3]) continue;
                        var (row, column) = ((y - (int)box[1]) / step, (x - (int)box[0]) / step);
                        expected = [.. Enumerable.Range(0, 2).Select(c => retina.Glimpse(one, location)[0, scale * 2 + c, row, column].ToDouble())];
                    }
                }

                Assert.Equal(expected, known[b, TensorIndex.Colon, y, x].contiguous().data<double>().ToArray());
            }
        }

        Assert.Equal(1, LiveTensors.HandedOverBy(() => retina.Reconstruct(images, locations)));
        Assert.StartsWith("locations has shape [4, 2], ", Assert.Throws<ArgumentException>(() => retina.Reconstruct(images, locations.select(1, 0))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Gradients_pass_to_the_pixels_but_not_to_the_location(int scales)
    {
        using var scope = NewDisposeScope();
        var retina = new Retina(2, scales);
        var images = Draw.Leaf(1, 2, 1, 5, 6);
        var locations = Draw.Leaf(2, 2, 2);

        var check = GradCheck.Run(() => retina.Glimpse(images, locations).square(), [images]);
        retina.Glimpse(images, locations).sum().backward();

        Assert.True(check.Within(1e-7), check.ToString());
        Assert.Null(locations.grad);
        Assert.False(retina.Glimpse(images.detach(), locations).requires_grad);
    }

    [Fact]
    public void A_location_that_is_not_a_number_sees_nothing_and_an_empty_batch_gives_an_empty_glimpse()
    {
        using var scope = NewDisposeScope();
        var retina = new Retina(3, scales: 2);

        Assert.Equal(0, retina.Glimpse(ones(1, 1, 8, 8), full([1, 2], float.NaN)).abs().sum().ToSingle());
        Assert.Equal(0, retina.Glimpse(ones(1, 1, 8, 8), full([1, 2], 1e30f)).abs().sum().ToSingle());
        Assert.Equal([0L, 2, 3, 3], retina.Glimpse(ones(0, 1, 8, 8), ones(0, 2)).shape);
    }

    [Fact]
    public void Nothing_is_handed_over_but_the_glimpse()
    {
        using var scope = NewDisposeScope();
        var (images, locations) = (zeros(2, 1, 8, 8), zeros(2, 2));
        var retina = new Retina(3, scales: 3);

        Assert.Equal(1, LiveTensors.HandedOverBy(() => retina.Glimpse(images, locations)));
        Assert.Equal(1, LiveTensors.HandedOverBy(() => new Retina(3).Glimpse(images, locations)));
        Assert.Equal(1, LiveTensors.HandedOverBy(() => retina.Boxes(locations, 1, 8, 8)));
        var seen = retina.Project(images);
        Assert.Equal(1, LiveTensors.HandedOverBy(() => seen.At(locations)));
        Assert.Equal(0, LiveTensors.LeftBy(() => retina.Project(images)));
    }

    [Fact]
    public void Arguments_that_do_not_fit_are_errors_that_name_them()
    {
        using var scope = NewDisposeScope();
        var retina = new Retina(3);

        Assert.Throws<ArgumentOutOfRangeException>(() => new Retina(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Retina(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Retina(3, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => retina.Boxes(zeros(2, 2), 1, 8, 8));
        Assert.Throws<ArgumentNullException>(() => retina.Glimpse(null!, zeros(2, 2)));
        Assert.StartsWith("images has shape [2, 8, 8], expected [B, C, H, W].", Assert.Throws<ArgumentException>(() => retina.Glimpse(zeros(2, 8, 8), zeros(2, 2))).Message, StringComparison.Ordinal);
        Assert.StartsWith("images has dtype Byte, ", Assert.Throws<ArgumentException>(() => retina.Glimpse(zeros([2, 1, 8, 8], uint8), zeros(2, 2))).Message, StringComparison.Ordinal);
        Assert.StartsWith("locations has shape [3, 2], expected [2, 2].", Assert.Throws<ArgumentException>(() => retina.Glimpse(zeros(2, 1, 8, 8), zeros(3, 2))).Message, StringComparison.Ordinal);
        Assert.StartsWith("locations has shape [2, 3], ", Assert.Throws<ArgumentException>(() => retina.Boxes(zeros(2, 3), 0, 8, 8)).Message, StringComparison.Ordinal);
    }

    // The definition, pixel by pixel.
    private static Tensor ByPixel(Retina retina, Tensor images, Tensor locations)
    {
        var (batch, channels, height, width) = (images.shape[0], images.shape[1], (int)images.shape[2], (int)images.shape[3]);
        var pixels = images.contiguous().data<double>().ToArray();
        var places = locations.contiguous().data<double>().ToArray();
        var glimpses = new List<double>();
        for (var b = 0; b < batch; b++)
        {
            for (var (s, step) = (0, 1); s < retina.Scales; s++, step *= retina.Zoom)
            {
                var left = Math.Floor((places[2 * b] + 1) * width / 2 - retina.Size * step / 2.0 + 0.5);
                var top = Math.Floor((places[2 * b + 1] + 1) * height / 2 - retina.Size * step / 2.0 + 0.5);
                for (var c = 0; c < channels; c++)
                {
                    for (var cell = 0; cell < retina.Size * retina.Size; cell++)
                    {
                        var sum = 0.0;
                        for (var i = 0; i < step * step; i++)
                        {
                            var (y, x) = ((int)top + cell / retina.Size * step + i / step, (int)left + cell % retina.Size * step + i % step);
                            if (x >= 0 && x < width && y >= 0 && y < height) sum += pixels[((b * channels + c) * height + y) * width + x];
                        }

                        glimpses.Add(sum / (step * step));
                    }
                }
            }
        }

        return tensor(glimpses.ToArray(), [batch, retina.Scales * channels, retina.Size, retina.Size]);
    }
}
