using System.Numerics;

namespace AttentionNotebooks;

/// <summary>
/// One writer's hand at one moment: where a point of a skeleton lands on the image, and what the pen leaves there.
/// Only + - × ÷ and √ are used, which IEEE 754 rounds the same everywhere: sines and logarithms differ between platforms.
/// </summary>
internal sealed class Handwriting
{
    // A point of a skeleton wanders this far, in hundredths of the digit's height.
    private const float Wobble = 3.8f;

    private readonly Vector2 _centre;
    private readonly Vector2 _scale;
    private readonly float _slant;
    private readonly float _bow;
    private readonly Vector2 _direction;

    /// <summary>Draws a hand.</summary>
    /// <param name="random">The generator, which moves on.</param>
    /// <param name="side">The side of the image, in pixels.</param>
    public Handwriting(ref SplitMix64 random, int side)
    {
        var middle = (side - 1) / 2f;
        _centre = new(middle + random.Uniform(-2.1f, 2.1f), middle + random.Uniform(-1.8f, 1.8f));
        // A skeleton is about 86 units high: 14.5 to 19.5 of 28 pixels, where MNIST fits 20.
        var height = random.Uniform(0.17f, 0.225f) * side / 28;
        _scale = new(height * random.Uniform(0.75f, 1.25f), height);
        _slant = 0.08f + (0.22f * random.Normal());
        _bow = 0.05f * random.Normal();
        _direction = Turn(0.07f * random.Normal());
        Radius = random.Uniform(0.85f, 1.95f) * side / 28;
        Edge = random.Uniform(0.7f, 1.3f);
        PressureAtStart = random.Uniform(0.75f, 1f);
        PressureAtEnd = random.Uniform(0.65f, 1f);
        Grain = random.Uniform(0.02f, 0.10f);
    }

    /// <summary>Half the width of a stroke at full pressure, in pixels.</summary>
    public float Radius { get; }

    /// <summary>The width of the soft edge of a stroke, in pixels.</summary>
    public float Edge { get; }

    /// <summary>How firmly a stroke begins, 0..1.</summary>
    public float PressureAtStart { get; }

    /// <summary>How firmly a stroke ends, 0..1.</summary>
    public float PressureAtEnd { get; }

    /// <summary>The deviation of the ink from pixel to pixel, of 1.</summary>
    public float Grain { get; }

    /// <summary>Where a point of a skeleton lands, in pixels; (0, 0) is the centre of the first pixel.</summary>
    public Vector2 Place(Vector2 point, ref SplitMix64 random)
    {
        var x = point.X - 50 + (Wobble * random.Normal());
        var y = point.Y - 50 + (Wobble * random.Normal());
        x += _bow * ((y * y / 50) - 16);
        x -= _slant * y;
        x *= _scale.X;
        y *= _scale.Y;
        return _centre + new Vector2((x * _direction.X) - (y * _direction.Y), (x * _direction.Y) + (y * _direction.X));
    }

    /// <summary>(cos θ, sin θ) from tan(θ/2), without a sine.</summary>
    private static Vector2 Turn(float tangentOfHalf)
    {
        var square = tangentOfHalf * tangentOfHalf;
        return new((1 - square) / (1 + square), 2 * tangentOfHalf / (1 + square));
    }
}
