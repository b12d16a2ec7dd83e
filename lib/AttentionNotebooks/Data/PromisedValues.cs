using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AttentionNotebooks;

/// <summary>
/// Reads as many values as a header promises. The header is a claim: memory grows with the values that are there, never with those that
/// are promised, and never to more than twice theirs.
/// </summary>
internal static class PromisedValues
{
    private const int BlockBytes = 1 << 20;

    /// <summary>Reads little-endian values, or bytes.</summary>
    /// <param name="bytes">Where they are.</param>
    /// <param name="count">How many are promised.</param>
    /// <returns>The values, or null where there are fewer; and how many there are, at most as many as promised.</returns>
    public static (T[]? Values, long Found) Read<T>(Stream bytes, int count)
        where T : unmanaged
    {
        var size = Unsafe.SizeOf<T>();
        if (bytes.CanSeek && (bytes.Length - bytes.Position) / size < count) return (null, (bytes.Length - bytes.Position) / size);
        if (bytes.CanSeek || (long)count * size <= BlockBytes)
        {
            var values = new T[count];
            var found = Fill(bytes, values);
            return found == count ? (values, found) : (null, found);
        }

        return ReadBlocks<T>(bytes, count, BlockBytes / size);
    }

    // Blocks of one size and one copy at the end, rather than an array that doubles: twice the values at most, once where they end early.
    private static (T[]? Values, long Found) ReadBlocks<T>(Stream bytes, int count, int blockLength)
        where T : unmanaged
    {
        var blocks = new List<T[]>();
        for (var left = count; left > 0; left -= blocks[^1].Length)
        {
            blocks.Add(new T[Math.Min(left, blockLength)]);
            if (Fill(bytes, blocks[^1]) is var found && found < blocks[^1].Length) return (null, count - left + found);
        }

        var values = new T[count];
        for (var i = 0; i < blocks.Count; i++) blocks[i].CopyTo(values, i * blockLength);
        return (values, count);
    }

    private static int Fill<T>(Stream bytes, T[] values)
        where T : unmanaged
    {
        var span = MemoryMarshal.AsBytes(values.AsSpan());
        return bytes.ReadAtLeast(span, span.Length, throwOnEndOfStream: false) / Unsafe.SizeOf<T>();
    }
}
