namespace AttentionNotebooks;

/// <summary>The bytes of one entry of a tar archive: as many as its header says, not more.</summary>
/// <param name="archive">The archive, at the first of them.</param>
/// <param name="length">How many there are.</param>
internal sealed class TarEntryStream(Stream archive, long length) : Stream
{
    private long done;
    private long padding;

    private long Left => length + padding - done;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => done; set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var read = archive.Read(buffer[..(int)Math.Min(buffer.Length, Left)]);
        done += read;
        return read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Reads what is left and the bytes that fill the last block.</summary>
    /// <returns>Whether all of it was there.</returns>
    public bool Finish()
    {
        padding = (TarHeader.Block - (length % TarHeader.Block)) % TarHeader.Block;
        var rubbish = new byte[Math.Min(Left, 1 << 16)];
        while (Left > 0 && Read(rubbish) > 0) { }
        return Left == 0;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
