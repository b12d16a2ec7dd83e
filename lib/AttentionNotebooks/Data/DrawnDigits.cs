using System.Numerics;

namespace AttentionNotebooks;

/// <summary>Draws digits with a pen, each in a hand of its own. Image i depends on the seed, the stream and i alone.</summary>
internal sealed class DrawnDigits(long seed, ulong stream)
{
    /// <summary>The side of an image, in pixels.</summary>
    public const int Side = 28;

    /// <summary>The stream of images to train on.</summary>
    public const ulong Train = 1;

    /// <summary>The stream of images to test on.</summary>
    public const ulong Test = 2;

    private const ulong LabelStreams = 1UL << 32;

    private readonly InkSheet _sheet = new(Side);
    private readonly List<Vector2> _curve = [];

    /// <summary>The first <paramref name="count"/> images, [count, 28, 28], and their labels.</summary>
    public (byte[] Pixels, byte[] Labels) Draw(int count)
    {
        var pixels = new byte[count * Side * Side];
        var labels = new byte[count];
        Span<byte> ten = stackalloc byte[10];
        for (var i = 0; i < count; i++)
        {
            if (i % 10 == 0)
                ShuffleTen(i / 10, ten);
            labels[i] = ten[i % 10];
            DrawOne(labels[i], i, pixels.AsSpan(i * Side * Side, Side * Side));
        }

        return (pixels, labels);
    }

    /// <summary>Each ten images in a row hold each digit once, in an order of their own.</summary>
    private void ShuffleTen(int block, Span<byte> ten)
    {
        var random = new SplitMix64((ulong)seed, stream + LabelStreams, (ulong)block);
        for (var i = 0; i < ten.Length; i++)
        {
            var place = random.Below(i + 1);
            ten[i] = ten[place];
            ten[place] = (byte)i;
        }
    }

    private void DrawOne(int digit, int number, Span<byte> pixels)
    {
        var random = new SplitMix64((ulong)seed, stream, (ulong)number);
        var ways = DigitSkeletons.OfDigit[digit];
        var skeleton = ways[random.Below(ways.Length)];
        var hand = new Handwriting(ref random, Side);
        _sheet.Clear();
        foreach (var stroke in skeleton.Strokes)
            DrawStroke(stroke, hand, ref random);
        _sheet.Develop(hand.Grain, ref random, pixels);
    }

    private void DrawStroke(Skeleton.Stroke stroke, Handwriting hand, ref SplitMix64 random)
    {
        Span<Vector2> places = stackalloc Vector2[stroke.Points.Length];
        for (var i = 0; i < places.Length; i++)
            places[i] = hand.Place(stroke.Points[i], ref random);
        _curve.Clear();
        PenCurve.Trace(places, stroke.Corners, _curve);
        _sheet.Draw(_curve, hand);
    }
}
