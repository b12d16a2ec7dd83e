using System.Text;
using static AttentionNotebooks.BadFiles;
using static AttentionNotebooks.IdxWriter;

namespace AttentionNotebooks;

public sealed class TextTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private DataRoot Root => new(folder.Path);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a\nb\n", new[] { "a", "b" })]
    [InlineData("a\r\nb", new[] { "a", "b" })]
    [InlineData("\uFEFFä\n\nß", new[] { "ä", "", "ß" })]
    public void Lines_end_with_lf_or_cr_lf_and_the_last_with_or_without(string text, string[] lines)
    {
        Assert.Equal(lines, TextFile.ReadLines(Written("a", text), (line, _) => line));
        Assert.Equal(lines, TextFile.ReadLines(folder.File("b", Gzip(Encoding.UTF8.GetBytes(text))), (line, _) => line));
    }

    [Fact]
    public void Lines_across_the_edges_of_the_buffer_stay_whole()
    {
        var lines = Enumerable.Range(0, 60_000).Select(i => $"line {i} ü").ToArray();

        Assert.Equal(lines, TextFile.ReadLines(Written("a", string.Join('\n', lines)), (line, number) => line == lines[number - 1] ? line : "wrong"));
    }

    [Fact]
    public void What_is_no_text_is_named_with_its_line()
    {
        var path = folder.File("a", [.. "good\nba"u8, 0xFF, .. "d\n"u8]);
        Fails(() => TextFile.ReadLines(path, (line, _) => line), path, "line 2: byte 3 is not UTF-8");
        path = folder.File("a", Encoding.Latin1.GetBytes("schön\n"));
        Fails(() => TextFile.ReadLines(path, (line, _) => line), path, "line 1: byte 4 is not UTF-8", "Save it as UTF-8");
        path = folder.File("a", Encoding.BigEndianUnicode.GetBytes("ab\ncd"));
        Fails(() => TextFile.ReadLines(path, (line, _) => line), path, "line 1: byte 1 is 0");
        path = folder.File("a", [.. "x\n"u8, .. new byte[TextFile.LongestLine].Select(_ => (byte)'a')]);
        Fails(() => TextFile.ReadLines(path, (line, _) => line), path, "line 2: it is longer than");
        path = folder.File("a", []);
        Fails(() => TextFile.ReadLines(path, (line, _) => line), path, "the file is empty");
    }

    [Fact]
    public void Pairs_of_lines_belong_together()
    {
        foreach (var stem in new[] { "train", "val", "test_2016_flickr" })
        {
            folder.File($"multi30k/{stem}.en.gz", Gzip(Encoding.UTF8.GetBytes($"A house.\n {stem} \n")));
            Written($"multi30k/{stem}.de", "Ein Haus.\nZwei Häuser.");
        }

        var data = Multi30k.Read(Root);

        Assert.Equal(("Multi30k", "de", "en"), (data.Name, data.Train.SourceLanguage, data.Train.TargetLanguage));
        Assert.Equal([new("Ein Haus.", "A house."), new("Zwei Häuser.", "val")], data.Validation.Pairs);
        Assert.Equal([new("A house.", "Ein Haus."), new("train", "Zwei Häuser.")], Multi30k.Read(Root, "en", "de").Train.Pairs);
        Assert.Equal(Multi30k.Read(Root, "en", "de").Test.Pairs, data.Test.Reversed().Pairs);
        Fails(() => Multi30k.Read(Root, "fr"), Path.Combine(folder.Path, "multi30k"), "train.fr.gz or train.fr");
    }

    [Fact]
    public void Counts_that_differ_name_both_files()
    {
        var (source, target) = (Written("a", "1\n2\n3\n"), Written("b", "1\n2\n"));

        Fails(() => Multi30k.ReadPairs(source, target), target, "2 lines, but 3 in", source);
    }

    [Fact]
    public void An_empty_line_is_named()
    {
        var path = Written("a", "1\n \n3\n");

        Fails(() => Multi30k.ReadPairs(path, path), path, "line 2: it is empty");
    }

    [Fact]
    public void Compressed_text_cut_short_anywhere_is_an_error()
    {
        var target = Written("b", "1\n2\n");
        FailsCutShort(folder, "a.gz", Gzip(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(i => $"{i}\n")))), path => Multi30k.ReadPairs(path, target), allowed: OneByteIsText);
        static bool OneByteIsText(int length) => length == 1;
    }

    [Fact]
    public void The_rule_for_words_is_the_documented_one()
    {
        Assert.Equal(["it", "'", "s", "a", "half", "-", "open", "door", "."], Words.Split("It's a half-open door."));
        Assert.Equal(["weiße", "männer", ",", "3", "!", "!"], Words.Split("  WEIßE\tMänner,3!!"));
        Assert.Equal(["cafe\u0301", "😀", "x"], Words.Split("Cafe\u0301😀x"));
        Assert.Empty(Words.Split(" \u00A0\u0007"));
    }

    [Fact]
    public void Numbers_follow_frequency_then_order()
    {
        var vocabulary = Vocabulary.Of([["b", "a", "b"], ["c", "a", "d"]], fewest: 1);

        Assert.Equal(["<pad>", "<start>", "<end>", "<unknown>", "a", "b", "c", "d"], Enumerable.Range(0, vocabulary.Count).Select(i => vocabulary[i]));
        Assert.Equal(6, Vocabulary.Of([["b", "a", "b"], ["c", "a", "d"]], fewest: 2).Count);
        Assert.Equal([5, 3, 4, 3, 2], vocabulary.Encode(["b", "z", "a", "<pad>"]));
        Assert.Equal(["b", "<unknown>", "a"], vocabulary.Decode([1, 5, 0, 3, 4, 2, 6]));
        Assert.Throws<ArgumentOutOfRangeException>(() => vocabulary.Decode([8]));
        Assert.Throws<ArgumentException>(() => Vocabulary.Of([["<end>"]]));
        Assert.Throws<ArgumentException>(() => Vocabulary.Of([["a\nb"]]));
    }

    [Fact]
    public void A_saved_vocabulary_comes_back()
    {
        var vocabulary = Vocabulary.Of([Words.Split("Zwei junge weiße Männer, im Freien. 😀")]);
        var path = Path.Combine(folder.Path, "words.txt");
        vocabulary.Save(path);
        var again = Vocabulary.Load(path);

        Assert.Equal(Enumerable.Range(0, vocabulary.Count).Select(i => vocabulary[i]), Enumerable.Range(0, again.Count).Select(i => again[i]));
        Assert.Equal(path, Assert.Single(Directory.GetFiles(folder.Path)));
        Assert.StartsWith("<pad>\n<start>\n<end>\n<unknown>\n,\n", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<pad>\n<start>\n", "truncated")]
    [InlineData("<pad>\nstart\n", "line 2: it is “start”")]
    [InlineData("<pad>\n<start>\n<end>\n<unknown>\na\na\n", "line 6: “a” is there twice")]
    [InlineData("<pad>\n<start>\n<end>\n<unknown>\n\n", "line 5: it is empty")]
    [InlineData("<pad>\n<start>\n<end>\n<unknown>\n<end>\n", "line 5: ")]
    public void No_vocabulary_is_an_error(string text, string says)
    {
        var path = Written("words.txt", text);

        Fails(() => Vocabulary.Load(path), path, says);
    }

    [Fact]
    public void A_batch_of_numbers_is_padded()
    {
        using var batch = Vocabulary.ToTensor([[4, 5, 2], [2]]);
        using var empty = Vocabulary.ToTensor([]);

        Assert.Equal([2, 3], batch.shape);
        Assert.Equal([4L, 5, 2, 2, 0, 0], batch.data<long>().ToArray());
        Assert.Equal([0, 0], empty.shape);
    }

    [SkippableFact]
    public void The_published_sentences_have_the_published_counts()
    {
        var root = DataRoot.Find();
        Skip.IfNot(Directory.Exists(root.Of("multi30k")), $"Multi30k is not in {root}");

        var data = Multi30k.Read(root);

        Assert.Equal((29_000, 1_014, 1_000), (data.Train.Count, data.Validation.Count, data.Test.Count));
        Assert.Equal(new("Zwei junge weiße Männer sind im Freien in der Nähe vieler Büsche.", "Two young, White males are outside near many bushes."), data.Train.Pairs[0]);
        var vocabulary = Vocabulary.Of(data.Train.Pairs.Select(pair => Words.Split(pair.Target)), fewest: 2);
        var words = Words.Split(data.Train.Pairs[0].Target);
        Assert.Equal(words, vocabulary.Decode(vocabulary.Encode(words)));
    }

    private string Written(string name, string text) => folder.File(name, Encoding.UTF8.GetBytes(text));
}
