namespace AttentionNotebooks;

/// <summary>The checksum of zip and PNG (ISO 3309): polynomial 0xEDB88320, bits reversed.</summary>
internal struct Crc32()
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    private uint state = uint.MaxValue;

    /// <summary>The checksum of all bytes so far.</summary>
    public readonly uint Value => ~state;

    /// <summary>Takes more bytes in.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes) state = Table[(byte)(state ^ value)] ^ (state >> 8);
    }

    private static uint Entry(int index)
    {
        var crc = (uint)index;
        for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : 0xEDB8_8320 ^ (crc >> 1);
        return crc;
    }
}
