namespace AttentionNotebooks;

/// <summary>Scenes and their pictures, in plain arrays; tensors are made on demand and belong to the caller.</summary>
public sealed class SceneSet
{
    /// <summary>Colours of a pixel: red, green, blue.</summary>
    public const int Channels = 3;

    /// <summary>Puts scenes and pictures together.</summary>
    /// <param name="name">What the set is called in captions.</param>
    /// <param name="side">S, a picture's side, in pixels.</param>
    /// <param name="pixels">[count, 3, S, S], 0 to 255: red, then green, then blue, each row by row.</param>
    /// <param name="scenes">The scenes.</param>
    /// <param name="origin">Where they come from, in a few words.</param>
    /// <exception cref="ArgumentException">Pixels and scenes do not fit together.</exception>
    public SceneSet(string name, int side, byte[] pixels, IReadOnlyList<Scene> scenes, string origin)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(scenes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(side);
        if (pixels.LongLength != (long)scenes.Count * Channels * side * side)
            throw new ArgumentException($"{scenes.Count} pictures of {side}×{side} need {(long)scenes.Count * Channels * side * side} bytes, not {pixels.Length}.", nameof(pixels));
        (Name, Side, Pixels, Scenes, Origin) = (name, side, pixels, scenes, origin);
    }

    /// <summary>What the set is called in captions.</summary>
    public string Name { get; }

    /// <summary>S, a picture's side, in pixels.</summary>
    public int Side { get; }

    /// <summary>[Count, 3, S, S], 0 to 255: red, then green, then blue, each row by row. Not a copy: leave it as it is.</summary>
    public byte[] Pixels { get; }

    /// <summary>The scenes.</summary>
    public IReadOnlyList<Scene> Scenes { get; }

    /// <summary>Where they come from, in a few words.</summary>
    public string Origin { get; }

    /// <summary>How many there are.</summary>
    public int Count => Scenes.Count;

    /// <summary>All pictures as a uint8 tensor [Count, 3, S, S]; a batch of it becomes numbers in 0..1 by <see cref="Scale"/>. The caller owns it.</summary>
    public Tensor ToPictures() => torch.tensor(Pixels, [Count, Channels, Side, Side], torch.uint8);

    /// <summary>Bytes as the numbers that a model reads.</summary>
    /// <param name="pictures">uint8, of any shape.</param>
    /// <returns>float32 in 0..1, of the same shape; the caller's.</returns>
    public static Tensor Scale(Tensor pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        using var floats = pictures.to_type(torch.float32);
        return floats / 255f;
    }

    /// <summary>A set of one of its scenes.</summary>
    /// <param name="scene">Which, from 0.</param>
    public SceneSet Only(int scene)
    {
        var length = Channels * Side * Side;
        return new SceneSet(Name, Side, Pixels.AsSpan(scene * length, length).ToArray(), [Scenes[scene]], Origin);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Count} pictures of {Side}×{Side} ({Origin})";
}
