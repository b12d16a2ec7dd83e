using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AttentionNotebooks.Tests;

public class PngImageTests
{
    [Property(MaxTest = 60)]
    public Property What_is_encoded_decodes_to_the_same_pixels() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>().Filter(bytes => bytes.Length > 0),
        Gen.Choose(1, 4).ToArbitrary(),
        Gen.Choose(1, 9).ToArbitrary(),
        (seed, channels, width) =>
        {
            byte[] pixels = [.. Enumerable.Range(0, width * channels * seed.Length).Select(i => (byte)(seed[i % seed.Length] + (i / 7)))];
            PngPicture decoded = PngPicture.Decode(PngImage.Encode(width, channels, pixels));
            return decoded.Width == width && decoded.Height == seed.Length && decoded.Channels == channels && decoded.Pixels.SequenceEqual(pixels);
        });

    [Theory]
    [InlineData(3, 1, 7)]
    [InlineData(4, 2, 0)]
    [InlineData(0, 1, 8)]
    [InlineData(2, 5, 10)]
    public void Bytes_that_make_no_picture_are_refused(int width, int channels, int length) =>
        Assert.ThrowsAny<ArgumentException>(() => PngImage.Encode(width, channels, new byte[length]));
}
