using System.Runtime.InteropServices;

namespace AttentionNotebooks;

/// <summary>An object of a Sort-of-CLEVR scene; its colour is its place in <see cref="ClevrScene.Objects"/>.</summary>
/// <param name="X">The column of its middle pixel.</param>
/// <param name="Y">The row of its middle pixel, counted downwards.</param>
/// <param name="IsCircle">Whether it is a circle; if not, it is a square.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ClevrObject(int X, int Y, bool IsCircle)
{
    /// <summary>Half its side, or its radius, in pixels, without the middle one.</summary>
    public const int Radius = 5;

    /// <summary>The pixels it may colour.</summary>
    public Box Box => new(X - Radius, Y - Radius, X + Radius + 1, Y + Radius + 1);

    /// <summary>The squared distance from middle to middle, in pixels².</summary>
    /// <param name="other">The other object.</param>
    public int SquaredDistanceTo(ClevrObject other)
    {
        var (across, down) = (X - other.X, Y - other.Y);
        return across * across + down * down;
    }

    /// <summary>Whether the two boxes share a pixel.</summary>
    /// <param name="other">The other object.</param>
    public bool Overlaps(ClevrObject other) => Math.Abs(X - other.X) <= 2 * Radius && Math.Abs(Y - other.Y) <= 2 * Radius;
}
