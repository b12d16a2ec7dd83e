using System.Text;

namespace AttentionNotebooks;

/// <summary>
/// Numbers for words. The first four stand for no word: padding, the start and the end of a sentence, and any word that is not in it.
/// The others follow by falling frequency, and in ordinal order where it is equal, so the same sentences give the same numbers everywhere.
/// </summary>
public sealed class Vocabulary
{
    /// <summary>The number that fills a batch after the end of a sentence.</summary>
    public const int Padding = 0;

    /// <summary>The number before the first word.</summary>
    public const int Start = 1;

    /// <summary>The number after the last word.</summary>
    public const int End = 2;

    /// <summary>The number of every word that is not in it.</summary>
    public const int Unknown = 3;

    private static readonly string[] Specials = ["<pad>", "<start>", "<end>", "<unknown>"];

    private readonly string[] words;
    private readonly Dictionary<string, int> numbers;

    private Vocabulary(IEnumerable<string> words)
    {
        this.words = [.. Specials, .. words];
        numbers = new(this.words.Length, StringComparer.Ordinal);
        for (var i = 0; i < this.words.Length; i++) numbers.Add(this.words[i], i);
    }

    /// <summary>How many numbers there are, those for no word included.</summary>
    public int Count => words.Length;

    /// <summary>What a number stands for.</summary>
    /// <param name="number">0 to Count - 1.</param>
    public string this[int number] => words[number];

    /// <summary>Numbers the words that occur often enough.</summary>
    /// <param name="sentences">Sentences, each as its words.</param>
    /// <param name="fewest">How often a word has to occur.</param>
    public static Vocabulary Of(IEnumerable<IReadOnlyList<string>> sentences, int fewest = 1)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        ArgumentOutOfRangeException.ThrowIfLessThan(fewest, 1);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in sentences.SelectMany(sentence => sentence))
        {
            if (!IsWord(word)) throw new ArgumentException($"“{word}” is empty, holds the end of a line, or stands for no word.", nameof(sentences));
            counts[word] = counts.GetValueOrDefault(word) + 1;
        }

        return new(counts.Where(c => c.Value >= fewest).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Key));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFileException">The file is missing, is no vocabulary, or a line is empty or there twice.</exception>
    public static Vocabulary Load(string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var lines = TextFile.ReadLines(path, (line, number) =>
        {
            if (number <= Specials.Length)
                return line == Specials[number - 1] ? line : throw TextFile.Wrong(path, number, $"it is “{line}”, but a vocabulary has {Specials[number - 1]} there. Is it the right file?");
            if (!IsWord(line)) throw TextFile.Wrong(path, number, "it is empty, holds the end of a line, or stands for no word. Delete the file and save the vocabulary again.");
            return seen.Add(line) ? line : throw TextFile.Wrong(path, number, $"“{line}” is there twice. Delete the file and save the vocabulary again.");
        });
        if (lines.Length < Specials.Length) throw new DataFileException(path, $"truncated: a vocabulary begins with {string.Join(", ", Specials)}. Delete it and save the vocabulary again.");
        return new(lines.Skip(Specials.Length));
    }

    /// <summary>Writes it as text in UTF-8, a word a line, in the order of the numbers. The file is either the old one or the new one, never half of it.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllText(temporary, string.Concat(words.Select(word => word + "\n")), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The number of a word, or <see cref="Unknown"/>. What stands for no word is unknown as a word.</summary>
    /// <param name="word">A word.</param>
    public int NumberOf(string word) => numbers.GetValueOrDefault(word, Unknown) is var number && number < Specials.Length ? Unknown : number;

    /// <summary>The numbers of a sentence, with <see cref="End"/> after the last.</summary>
    /// <param name="sentence">Its words.</param>
    public int[] Encode(IReadOnlyList<string> sentence)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        return [.. sentence.Select(NumberOf), End];
    }

    /// <summary>The words of a sentence up to <see cref="End"/> or the last number; padding and start are left out, what is unknown is <c>&lt;unknown&gt;</c>.</summary>
    /// <param name="sentence">Its numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number stands for nothing.</exception>
    public IReadOnlyList<string> Decode(IEnumerable<int> sentence)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        var decoded = new List<string>();
        foreach (var number in sentence)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(number, nameof(sentence));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Count, nameof(sentence));
            if (number == End) break;
            if (number is not (Padding or Start)) decoded.Add(words[number]);
        }

        return decoded;
    }

    /// <summary>Sentences as an int64 tensor [B, T] with <see cref="Padding"/> after the end of each, T as long as the longest. The caller owns it.</summary>
    /// <param name="sentences">Sentences, each as its numbers.</param>
    public static Tensor ToTensor(IReadOnlyList<int[]> sentences)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        var longest = sentences.Count == 0 ? 0 : sentences.Max(sentence => sentence.Length);
        var values = new long[sentences.Count * longest];
        for (var i = 0; i < sentences.Count; i++)
        {
            for (var j = 0; j < sentences[i].Length; j++) values[(i * longest) + j] = sentences[i][j];
        }

        return torch.tensor(values, [sentences.Count, longest], torch.int64);
    }

    // A word is a line of the file.
    private static bool IsWord(string word) => word.Length > 0 && word.AsSpan().IndexOfAny('\n', '\r', '\0') < 0 && !Specials.Contains(word, StringComparer.Ordinal);
}
