namespace AttentionNotebooks;

/// <summary>Checks shapes, and says which tensor does not fit and how.</summary>
internal static class Shape
{
    /// <summary>Requires a shape, each dimension given as a size or as the letter of one that may have any size.</summary>
    /// <exception cref="ArgumentException">The shape is another; the message names the tensor and both shapes.</exception>
    public static void Require(Tensor tensor, string name, params ReadOnlySpan<Dimension> expected)
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        if (Fits(tensor.shape, expected)) return;
        throw new ArgumentException($"{name} has shape [{string.Join(", ", tensor.shape)}], expected {Describe(expected)}.", name);
    }

    private static bool Fits(long[] shape, ReadOnlySpan<Dimension> expected)
    {
        if (shape.Length != expected.Length) return false;
        for (var i = 0; i < shape.Length; i++)
        {
            if (expected[i].Size is long size && size != shape[i]) return false;
        }

        return true;
    }

    private static string Describe(ReadOnlySpan<Dimension> expected)
    {
        var parts = new string[expected.Length];
        for (var i = 0; i < parts.Length; i++) parts[i] = expected[i].ToString();
        return $"[{string.Join(", ", parts)}]";
    }
}
