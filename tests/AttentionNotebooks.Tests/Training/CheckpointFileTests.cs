using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AttentionNotebooks;

/// <summary>A checkpoint that is damaged, or of something else, is told; none is a beginning.</summary>
public sealed class CheckpointFileTests : IDisposable
{
    // Before the generator's state stands its length, 5,056 bytes.
    private static readonly byte[] StateLength = [0xC0, 0x13, 0, 0];

    private readonly TemporaryFolder folder = new();
    private readonly CheckpointedRun run;

    public CheckpointFileTests() => run = new(folder);

    public void Dispose()
    {
        run.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void None_is_a_beginning_and_a_good_one_is_gone_on_from()
    {
        run.Load(Path.Combine(folder.Path, "nothing"));
        run.Load(folder.File("good", run.Bytes));
    }

    [Fact]
    public void Empty_short_and_foreign_files_are_told_with_the_remedy()
    {
        Fails([], "empty");
        Fails([1, 2, 3], "no checkpoint");
        Fails("<!DOCTYPE html>\n<title>404 Not Found</title>\n"u8.ToArray(), "no checkpoint");
        Fails(Sealed(Changed("attention checkpoint 1"u8, "attention checkpoint 9"u8)), "another version");
        Fails(Sealed(Changed("4 steps of"u8, "5 steps of"u8)), "it is of another run: 5 steps of");
        Fails(Sealed(Changed("Adam"u8, "Adan"u8)), "of another model");
    }

    [Fact]
    public void Cut_short_at_every_thousandth_byte_it_is_told()
    {
        for (var length = 0; length < run.Bytes.Length; length += 1000) Fails(run.Bytes[..length], length == 0 ? "empty" : "no checkpoint");
    }

    [Theory]
    [InlineData(8, 0)]
    [InlineData(8, 625)]
    [InlineData(12, 0)]
    [InlineData(16, 625)]
    public void A_generator_that_cannot_be_is_told_before_it_ends_the_process(int field, int value)
    {
        var bytes = run.Bytes[..^SHA256.HashSizeInBytes];
        var state = bytes.AsSpan().IndexOf(StateLength) + 4;
        Assert.InRange(state, 4, bytes.Length - 5056);
        Assert.Equal(1, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(state + 12)));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(state + field), value);

        Fails(Sealed(bytes), "the generator's state cannot be");
    }

    [Fact]
    public void A_block_that_claims_gigabytes_takes_no_memory()
    {
        var bytes = run.Bytes[..^SHA256.HashSizeInBytes];
        var state = bytes.AsSpan().IndexOf(StateLength);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(state), int.MaxValue);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Fails(Sealed(bytes), "a block claims 2147483647 bytes");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private byte[] Changed(ReadOnlySpan<byte> part, ReadOnlySpan<byte> instead)
    {
        var bytes = run.Bytes[..^SHA256.HashSizeInBytes];
        var at = bytes.AsSpan().IndexOf(part);
        Assert.True(at >= 0, Encoding.ASCII.GetString(part));
        instead.CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    private static byte[] Sealed(byte[] bytes) => [.. bytes, .. SHA256.HashData(bytes)];

    private void Fails(byte[] bytes, string says)
    {
        var path = folder.File("bad", bytes);
        BadFiles.Fails(() => run.Load(path), path, says);
        Assert.Matches("Delete it|delete it", Assert.Throws<DataFileException>(() => run.Load(path)).Message);
    }
}
