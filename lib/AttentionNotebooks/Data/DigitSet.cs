namespace AttentionNotebooks;

/// <summary>Small grey images with one label each, in plain arrays; tensors are made on demand and belong to the caller.</summary>
public sealed class DigitSet
{
    /// <summary>Puts images and labels together.</summary>
    /// <param name="name">What the set is called in captions.</param>
    /// <param name="height">Rows of an image, in pixels.</param>
    /// <param name="width">Columns of an image, in pixels.</param>
    /// <param name="pixels">[count, height, width], 0 (black) to 255 (white), row by row.</param>
    /// <param name="labels">[count], each an index into <paramref name="classNames"/>.</param>
    /// <param name="classNames">What the labels mean.</param>
    /// <param name="source">Where the images come from, in a few words.</param>
    /// <exception cref="ArgumentException">The arrays do not fit together, or a label has no class.</exception>
    public DigitSet(string name, int height, int width, byte[] pixels, byte[] labels, IReadOnlyList<string> classNames, string source)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classNames);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if (pixels.LongLength != (long)labels.Length * height * width)
            throw new ArgumentException($"{labels.Length} images of {height}×{width} need {(long)labels.Length * height * width} pixels, not {pixels.Length}.", nameof(pixels));
        ArgumentOutOfRangeException.ThrowIfZero(classNames.Count, nameof(classNames));
        if (FirstWithoutClass(labels, classNames.Count) is >= 0 and var i)
            throw new ArgumentException($"Label {i} is {labels[i]}, and there are {classNames.Count} classes.", nameof(labels));

        (Name, Height, Width, Pixels, Labels, ClassNames, Source) = (name, height, width, pixels, labels, classNames, source);
    }

    /// <summary>What the set is called in captions.</summary>
    public string Name { get; }

    /// <summary>How many images there are.</summary>
    public int Count => Labels.Length;

    /// <summary>Rows of an image, in pixels.</summary>
    public int Height { get; }

    /// <summary>Columns of an image, in pixels.</summary>
    public int Width { get; }

    /// <summary>[Count, Height, Width], 0 (black) to 255 (white), row by row. Not a copy: leave it as it is.</summary>
    public byte[] Pixels { get; }

    /// <summary>[Count], each an index into <see cref="ClassNames"/>. Not a copy: leave it as it is.</summary>
    public byte[] Labels { get; }

    /// <summary>What the labels mean.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Where the images come from, in a few words.</summary>
    public string Source { get; }

    /// <summary>One image, [Height, Width], row by row.</summary>
    /// <param name="index">0 to Count - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ReadOnlySpan<byte> Image(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return Pixels.AsSpan(index * Height * Width, Height * Width);
    }

    /// <summary>The first <paramref name="count"/> images, as a set of their own.</summary>
    /// <param name="count">0 to Count.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public DigitSet Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        return new(Name, Height, Width, Pixels[..(count * Height * Width)], Labels[..count], ClassNames, Source);
    }

    /// <summary>All images as a float32 tensor [Count, 1, Height, Width] in 0..1. The caller owns it.</summary>
    /// <param name="device">Where it is made; the CPU if null.</param>
    public torch.Tensor ToImages(torch.Device? device = null)
    {
        using var bytes = torch.tensor(Pixels, [Count, 1, Height, Width], torch.uint8, device);
        using var floats = bytes.to_type(torch.float32);
        return floats / 255f;
    }

    /// <summary>All labels as an int64 tensor [Count]. The caller owns it.</summary>
    /// <param name="device">Where it is made; the CPU if null.</param>
    public torch.Tensor ToLabels(torch.Device? device = null)
    {
        using var bytes = torch.tensor(Labels, [Count], torch.uint8, device);
        return bytes.to_type(torch.int64);
    }

    /// <summary>The index of the first label that is no class, or -1.</summary>
    internal static int FirstWithoutClass(ReadOnlySpan<byte> labels, int classes) =>
        labels.IndexOfAnyExceptInRange((byte)0, (byte)Math.Min(classes - 1, byte.MaxValue));

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Count} images of {Height}×{Width} ({Source})";
}
