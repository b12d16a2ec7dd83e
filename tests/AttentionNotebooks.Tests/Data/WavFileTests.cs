using static AttentionNotebooks.BadFiles;
using static AttentionNotebooks.WavWriter;

namespace AttentionNotebooks;

public sealed class WavFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Sixteen_bits_are_signed()
    {
        var wav = Read(Wav(Shorts(0, 16384, -32768, 32767)));

        Assert.Equal([0, 0.5f, -1, 32767 / 32768f], wav.Samples);
        Assert.Equal((8000, 1, 16), (wav.SampleRate, wav.Channels, wav.Bits));
        Assert.Equal(4 / 8000.0, wav.Seconds);
    }

    [Fact]
    public void Eight_bits_are_unsigned() => Assert.Equal([-1, 0, 0.5f, 127 / 128f], Read(Wav([0, 128, 192, 255], bits: 8, rate: 44100)).Samples);

    [Fact]
    public void Two_channels_are_averaged() => Assert.Equal([0.25f, -0.5f], Read(Wav(Shorts(16384, 0, -32768, 0), channels: 2)).Samples);

    [Fact]
    public void Samples_beyond_the_first_buffer_are_in_order()
    {
        var samples = Enumerable.Range(0, 20_000).Select(i => (short)(i * 3)).ToArray();

        Assert.Equal(samples.Select(s => s / 32768f), Read(Wav(Shorts(samples))).Samples);
    }

    [Fact]
    public void Chunks_that_do_not_matter_are_skipped_with_their_padding()
    {
        byte[] list = [.. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0];

        Assert.Equal([0.5f], Read(Wav(Shorts(16384), before: list)).Samples);
    }

    [Fact]
    public void A_missing_file_is_named() => Fails(() => WavFile.Read(Path.Combine(folder.Path, "a.wav")), Path.Combine(folder.Path, "a.wav"), "no such file");

    [Fact]
    public void An_empty_file_is_called_empty() => Wrong([], "empty");

    [Fact]
    public void A_file_cut_short_anywhere_is_an_error() =>
        FailsCutShort(folder, "a.wav", Wav(Shorts(new short[300])), path => WavFile.Read(path));

    [Fact]
    public void Four_gigabytes_of_samples_are_not_believed()
    {
        var path = folder.File("a.wav", Wav(Shorts(1, 2), dataSize: 0xFFFF_FFFE));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Fails(() => WavFile.Read(path), path, "truncated", "4294967294 bytes", "only 4");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_file_that_claims_four_gigabytes_is_truncated() => Wrong(Wav(Shorts(1), riffSize: uint.MaxValue), "promises 4294967303 bytes", "there are 46");

    [Theory]
    [InlineData(3, 16, "floating point")]
    [InlineData(7, 8, "µ-law")]
    [InlineData(0xFFFE, 16, "extensible")]
    [InlineData(99, 16, "of kind 99")]
    [InlineData(1, 24, "24 bits")]
    public void Other_kinds_of_samples_are_named_with_the_remedy(ushort kind, int bits, string says) => Wrong(Wav(new byte[12], bits: bits, kind: kind), says, "Convert it to 16-bit PCM");

    [Fact]
    public void What_cannot_be_is_said()
    {
        Wrong(Wav(Shorts(1, 2, 3), channels: 3), "3 channels");
        Wrong(Wav(Shorts(1), rate: 0), "0 samples a second");
        Wrong(Wav([]), "no sample");
        Wrong(Wav([1, 2, 3]), "no whole number of samples");
        Wrong("<!DOCTYPE html>"u8.ToArray(), "begins with “<!DO”");
        Wrong([.. "RIFX"u8, .. Wav(Shorts(1))[4..]], "RIFX");
        Wrong([.. Wav(Shorts(1))[..8], .. "AVI "u8, .. Wav(Shorts(1))[12..]], "AVI ");
        Wrong([.. "RIFF"u8, 4, 0, 0, 0, .. "WAVE"u8], "no samples");
        Wrong([.. "RIFF"u8, 4, 0, 0, 0, .. "WAVE"u8, .. "data"u8, 2, 0, 0, 0, 0, 0], "before their format");
    }

    private WavFile Read(byte[] bytes) => WavFile.Read(folder.File("a.wav", bytes));

    private void Wrong(byte[] bytes, params string[] says)
    {
        var path = folder.File("a.wav", bytes);
        Fails(() => WavFile.Read(path), path, says);
    }
}
