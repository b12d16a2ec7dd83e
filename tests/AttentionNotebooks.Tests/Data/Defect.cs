using System.Buffers.Binary;
using System.Text;
using static AttentionNotebooks.IdxWriter;
using static AttentionNotebooks.NpzWriter;
using static AttentionNotebooks.WavWriter;

namespace AttentionNotebooks;

/// <summary>Something that is wrong with a file.</summary>
/// <param name="Loader">Whose file.</param>
/// <param name="Name">What is wrong.</param>
/// <param name="Bytes">The file; null for none.</param>
/// <param name="Says">What the error has to say besides the file: the place and what is there.</param>
internal sealed record Defect(string Loader, string Name, byte[]? Bytes, params string[] Says)
{
    private static readonly byte[] Page = "<!DOCTYPE html>\n<title>404 Not Found</title>\n"u8.ToArray();

    /// <summary>Every defect of every loader.</summary>
    public static IReadOnlyList<Defect> All { get; } =
    [
        // A run without a checkpoint begins anew, an experiment without rows too; the manifest is part of the library.
        .. Names("results", "manifest").Select(name => new Defect(name, "missing", null)),
        .. Names("results").Select(name => new Defect(name, "empty", [])),
        .. Names().Select(name => new Defect(name, "a web page", Page)),

        Of("images", "wrong magic", good => Labels(good.Length), "magic number is 0x00000801", "0x00000803"),
        Of("images", "more images promised than there are", good => Counted(good, 13), "truncated", "13 × 28 × 28 = 10192 bytes", "only 9408 follow"),
        Of("images", "fewer images promised than there are", good => Counted(good, 11), "too long", "11 × 28 × 28"),
        Of("images", "no images promised", good => Counted(good, 0), "0 × 28 × 28", "cannot be"),
        Of("images", "gigabytes promised", good => Counted(good, 2_500_000), "truncated", "only 9408 follow"),
        Of("images", "more promised than an array holds", good => Counted(good, uint.MaxValue), "cannot be"),
        Of("images", "something follows", good => [.. good, 0], "too long"),
        Of("compressed images", "not gzip", good => [.. "no gzip, whatever its name says"u8, .. good], "magic number"),
        Of("compressed images", "gzip and then not", good => [0x1f, 0x8b, .. Counting(good.Length)], "compression is damaged"),
        Of("compressed images", "gigabytes promised", good => Gzip(Counted(Images(12), 2_500_000)), "truncated", "only 9408 follow"),
        Of("compressed images", "something follows", good => [.. good, 1, 2, 3], "something follows"),
        Of("compressed images", "another checksum", good => With(good, good.Length - 8, 0xAA), "damaged"),
        Of("labels", "wrong magic", good => Images(12), "magic number is 0x00000803", "0x00000801"),
        Of("labels", "gigabytes promised", good => Counted(good, 2_000_000_000), "truncated", "only 9000 follow"),
        Of("digits", "another count than of images", good => Labels(19), "19 labels, but 20 images", "train-images-idx3-ubyte"),
        Of("digits", "a label out of range", good => With(good, 8 + 7, 10), "label 7 is 10", "10 classes"),

        Of("cluttered digits", "not zip", good => Counting(good.Length), "no zip archive"),
        Of("cluttered digits", "no such array", good => Npz(("x", Npy("|u1", "(1,)", [1]))), "no array X_train in it, but x"),
        Of("cluttered digits", "another count than of images", good => AttentionNotebooks.Loader.Cluttered(new float[3200], 0, "(2, 1600)"), "y_train is Int32 of 1 × 1, expected int32 of 2"),
        Of("cluttered digits", "a label out of range", good => AttentionNotebooks.Loader.Cluttered(new float[1600], 10, "(1, 1600)"), "y_train: label 0 is 10", "10 classes"),
        Of("cluttered digits", "a pixel out of range", good => AttentionNotebooks.Loader.Cluttered([.. new float[1599], 1.5f], 0, "(1, 1600)"), "pixel 1599 of image 0 is 1.5"),
        Of("cluttered digits", "more values promised than there are", good => AttentionNotebooks.Loader.Cluttered(new float[1600], 0, "(2, 1600)"), "X_train.npy: truncated", "only 1600 follow"),
        Of("cluttered digits", "gigabytes promised", good => AttentionNotebooks.Loader.Cluttered(new float[1600], 0, "(500000, 1600)"), "truncated", "only 1600 follow"),
        Of("cluttered digits", "another type", good => AttentionNotebooks.Loader.Cluttered(new float[1600], 0, "(1, 1600)", type: "<f8"), "<f8"),

        Of("sound", "wrong magic", good => [.. "RIFX"u8, .. good[4..]], "it is RIFX"),
        Of("sound", "another kind of RIFF", good => [.. good[..8], .. "AVI "u8, .. good[12..]], "“AVI ”"),
        Of("sound", "four gigabytes claimed in the header", good => Wav(Shorts(new short[4000]), riffSize: uint.MaxValue), "truncated", "promises 4294967303 bytes"),
        Of("sound", "four gigabytes of samples claimed", good => Wav(Shorts(new short[4000]), dataSize: 0xFFFF_FFFE), "chunk “data” promises 4294967294 bytes", "only 8000 follow"),
        Of("sound", "half a sample", good => Wav([1, 2, 3]), "no whole number of samples"),
        Of("sound", "compressed", good => Wav(new byte[12], kind: 85), "MP3", "Convert it"),

        Of("recordings", "not gzip", good => Counting(good.Length), "no tar archive"),
        Of("recordings", "not tar", good => Gzip(Counting(5000)), "no tar archive"),
        Of("recordings", "an entry ../x", good => Gzip(AttentionNotebooks.Loader.Recordings(null, TarArchives.File("../x", [1]))), "entry “../x” points outside"),
        Of("recordings", "a link", good => Gzip(AttentionNotebooks.Loader.Recordings(null, TarArchives.Link("recordings/0_ann_0.wav", "/etc/passwd"))), "no file but a SymbolicLink"),
        Of("recordings", "a recording missing", good => Gzip(AttentionNotebooks.Loader.Recordings("7_ann_3.wav")), "incomplete: 7_ann_3.wav is missing"),
        Of("recordings", "a recording twice", good => Gzip(AttentionNotebooks.Loader.Recordings(null, TarArchives.File("recordings/0_ann_0.wav", Wav(Shorts(1))))), "0_ann_0.wav is there twice"),
        Of("recordings", "a digit out of range", good => Gzip(AttentionNotebooks.Loader.Recordings(null, TarArchives.File("recordings/10_ann_0.wav", Wav(Shorts(1))))), "recordings/10_ann_0.wav: ", "digit_speaker_number.wav"),
        Of("recordings", "a recording that claims four gigabytes", good => Gzip(AttentionNotebooks.Loader.Recordings("0_ann_0.wav", TarArchives.File("recordings/0_ann_0.wav", Wav(Shorts(1), dataSize: 0xFFFF_FFFE)))), "recordings/0_ann_0.wav: truncated"),
        Of("uncompressed recordings", "an entry that claims gigabytes", good => Claiming(good, "77777777777"), "claims 8589934591 bytes"),
        Of("uncompressed recordings", "an entry of another size", good => Claiming(good, "00000000000")),

        Of("table", "a missing column", good => Line(good, 3, "lovely"), "line 3: 1 columns"),
        Of("table", "a column too many", good => Line(good, 3, "lovely\t1\t1"), "line 3: 3 columns"),
        Of("table", "a label out of range", good => Line(good, 3, "lovely\t2"), "line 3: the label is “2”"),
        Of("table", "no word", good => Line(good, 3, "\t1"), "line 3: there is no word"),
        Of("table", "not UTF-8", NotUtf8, "line 1: byte 3 is not UTF-8"),
        Of("table", "gzip and then not", good => [0x1f, 0x8b, .. good], "compression is damaged"),
        Of("trees", "a label out of range", good => Line(good, 3, "(3 (5 a) (2 b))"), "line 3: no tree: column 5: a label is 0, 1, 2, 3 or 4"),
        Of("trees", "a bracket missing", good => Line(good, 3, "(3 (2 a) (2 b)"), "line 3: no tree: it ends inside 1 phrases"),
        Of("trees", "a bracket too many", good => Line(good, 3, "(3 a))"), "line 3: no tree: column 6: something follows"),
        Of("trees", "nesting without end", good => Line(good, 3, string.Concat(Enumerable.Repeat("(2 ", 50_000))), "line 3: no tree: column 1501: more than 500"),
        Of("trees", "not UTF-8", NotUtf8, "line 1: byte 3 is not UTF-8"),
        Of("sentences", "another count of lines", good => Encoding.UTF8.GetBytes("ein Haus\n"), "300 lines, but 1 in"),
        Of("sentences", "an empty line", good => Line(good, 3, " "), "line 3: it is empty"),
        Of("sentences", "a line without end", good => Line(good, 3, new string('a', 1 << 18)), "line 3: it is longer than"),
        Of("sentences", "not UTF-8", NotUtf8, "line 1: byte 3 is not UTF-8"),
        Of("sentences", "UTF-16", good => Encoding.BigEndianUnicode.GetBytes("ein Haus\n"), "line 1: byte 1 is 0"),
        Of("compressed sentences", "gzip and then not", good => [0x1f, 0x8b, .. good[12..]], "compression is damaged"),
        Of("compressed sentences", "not UTF-8 inside", good => Gzip([.. "ab"u8, 0xFF, .. "\n"u8]), "line 1: byte 3 is not UTF-8"),
        Of("vocabulary", "wrong beginning", good => good[6..], "line 1: it is “<start>”, but a vocabulary has <pad> there"),
        Of("vocabulary", "a word twice", good => [.. good, .. "word7\n"u8], "line 905: “word7” is there twice"),
        Of("vocabulary", "an empty line", good => [.. good, .. "\n"u8], "line 905: it is empty"),
        Of("vocabulary", "not UTF-8", good => [.. good, 0xFF, (byte)'\n'], "line 905: byte 1 is not UTF-8"),
        Of("results", "a missing column", good => Changed(good, "\"seed\":7,", ""), "line 8 is no row", "seed"),
        Of("results", "a column too many", good => Changed(good, "\"seed\":7,", "\"seed\":7,\"sead\":7,"), "line 8 is no row", "sead"),
        Of("results", "no number", good => Changed(good, "\"seed\":7,", "\"seed\":\"seven\","), "line 8 is no row"),
        Of("manifest", "a missing column", good => Changed(good, "\"licence\": \"l\", ", ""), "licence"),
        Of("manifest", "not UTF-8", NotUtf8, "no manifest"),
    ];

    public override string ToString() => $"{Loader}: {Name}";

    private static IEnumerable<string> Names(params string[] but) => AttentionNotebooks.Loader.All.Keys.Except(but, StringComparer.Ordinal);

    private static Defect Of(string loader, string name, Func<byte[], byte[]> damage, params string[] says) => new(loader, name, damage(AttentionNotebooks.Loader.All[loader].Good), says);

    private static byte[] Counted(byte[] good, uint count)
    {
        var bytes = good.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), count);
        return bytes;
    }

    private static byte[] With(byte[] good, int at, byte value)
    {
        var bytes = good.ToArray();
        bytes[at] = value;
        return bytes;
    }

    private static byte[] NotUtf8(byte[] good) => [.. good[..2], 0xFF, .. good[2..]];

    private static byte[] Line(byte[] good, int number, string line)
    {
        var lines = Encoding.UTF8.GetString(good).Split('\n');
        lines[number - 1] = line;
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    private static byte[] Changed(byte[] good, string part, string instead) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(good).Replace(part, instead, StringComparison.Ordinal));

    // The size in the header of the first file, which for pax comes after two blocks of attributes, and the header's checksum (POSIX.1-1988 ustar).
    private static byte[] Claiming(byte[] tar, string octal)
    {
        var bytes = tar.ToArray();
        var header = 0;
        while (bytes[header + 156] != (byte)'0') header += 512;
        Encoding.ASCII.GetBytes(octal).CopyTo(bytes, header + 124);
        "        "u8.CopyTo(bytes.AsSpan(header + 148));
        Encoding.ASCII.GetBytes($"{Convert.ToString(bytes.AsSpan(header, 512).ToArray().Sum(value => value), 8).PadLeft(6, '0')}\0 ").CopyTo(bytes, header + 148);
        return bytes;
    }
}
