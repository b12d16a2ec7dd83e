using System.Text;

namespace AttentionNotebooks;

/// <summary>Text files in UTF-8, gzip-compressed or not, a line at a time; a line that is not UTF-8 is an error with its number, never a �.</summary>
internal static class TextFile
{
    /// <summary>The longest line that is read, in bytes.</summary>
    public const int LongestLine = 1 << 18;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads all lines; they end with LF or CR LF, the last one with or without.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parse">What to make of a line and its number, which counts from 1.</param>
    /// <exception cref="DataFileException">The file is missing, empty, damaged, or a line is no text or too long.</exception>
    public static T[] ReadLines<T>(string path, Func<string, int, T> parse) => DataFile.ReadUnpacked(path, bytes =>
    {
        var lines = new List<T>();
        ForEachLine(bytes, path, line => lines.Add(parse(Decode(line, path, lines.Count + 1), lines.Count + 1)), () => lines.Count + 1);
        return lines.Count > 0 ? lines.ToArray() : throw new DataFileException(path, $"there is no line in it. {DataFile.Again}");
    });

    /// <summary>An error at a line.</summary>
    public static DataFileException Wrong(string path, int line, string problem) => new(path, $"line {line}: {problem}");

    private static void ForEachLine(Stream bytes, string path, Action<ReadOnlyMemory<byte>> take, Func<int> number)
    {
        var buffer = new byte[1 << 12];
        var (start, end) = (0, 0);
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                take(buffer.AsMemory(start, length));
                start += length + 1;
                continue;
            }

            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            if (end == LongestLine) throw Wrong(path, number(), $"it is longer than {LongestLine} bytes. Is it the right file?");
            if (end == buffer.Length) Array.Resize(ref buffer, 2 * end);
            var read = bytes.Read(buffer.AsSpan(end));
            if (read == 0) break;
            end += read;
        }

        if (end > 0) take(buffer.AsMemory(0, end));
    }

    private static string Decode(ReadOnlyMemory<byte> line, string path, int number)
    {
        var bytes = line.Span;
        if (number == 1 && bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        if (bytes.EndsWith("\r"u8)) bytes = bytes[..^1];
        if (bytes.IndexOf((byte)0) is >= 0 and var zero) throw Wrong(path, number, $"byte {zero + 1} is 0, so this is no text in UTF-8. {DataFile.Again}");
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new DataFileException(path, $"line {number}: byte {e.Index + 1} is not UTF-8. Save it as UTF-8, or delete it and get it again.", e);
        }
    }
}
