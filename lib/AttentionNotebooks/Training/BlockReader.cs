using System.Text;

namespace AttentionNotebooks;

/// <summary>Reads bytes in memory. A promise of more than there are is an error before memory is taken for it, also where the tensor library reads.</summary>
/// <param name="bytes">The bytes.</param>
internal sealed class BlockReader(ArraySegment<byte> bytes) : BinaryReader(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false), Encoding.UTF8)
{
    /// <inheritdoc/>
    /// <exception cref="FormatException">There are fewer.</exception>
    public override byte[] ReadBytes(int count)
    {
        var left = BaseStream.Length - BaseStream.Position;
        return count >= 0 && count <= left ? base.ReadBytes(count) : throw new FormatException($"a block claims {count} bytes, and {left} follow");
    }

    /// <summary>Reads a length, and as many bytes.</summary>
    /// <exception cref="FormatException">There are fewer.</exception>
    public byte[] ReadBlock() => ReadBytes(ReadInt32());
}
