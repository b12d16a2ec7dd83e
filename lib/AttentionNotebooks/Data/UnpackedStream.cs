namespace AttentionNotebooks;

/// <summary>What comes out of a compressed file: counted, and no more than a limit, since a few bytes can unpack to very many.</summary>
/// <param name="inner">The stream that unpacks.</param>
/// <param name="path">The compressed file.</param>
internal sealed class UnpackedStream(Stream inner, string path) : Stream
{
    /// <summary>More than any set of ours has.</summary>
    public const long Limit = 1L << 30;

    /// <summary>How many bytes have come out.</summary>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => Count; set => throw new NotSupportedException(); }

    /// <summary>Reads to the end.</summary>
    public void Drain()
    {
        Span<byte> bytes = stackalloc byte[4096];
        while (Read(bytes) > 0) { }
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Count += read;
        if (Count > Limit) throw new DataFileException(path, $"it unpacks to more than {Limit >> 20} MiB, which none of our sets does. {DataFile.Again}");
        return read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

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
