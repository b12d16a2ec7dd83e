using System.Text;
using static AttentionNotebooks.BadFiles;

namespace AttentionNotebooks;

public sealed class SentimentTests : IDisposable
{
    private const string Lovely = "(3 (2 It) (4 (4 (2 's) (4 (3 (2 a) (4 (3 lovely) (2 film))) (1 dull))) (2 .)))";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_table_is_read_line_by_line()
    {
        var sentences = SentimentTreebank.ReadTable(Written("it is n't good\t0\nlovely \t1\n"));

        Assert.Equal(["it", "is", "n't", "good"], sentences[0].Words);
        Assert.Equal([0, 1], sentences.Select(s => s.Label));
        Assert.Null(sentences[0].Reasons);
        Assert.Empty(sentences[0].Phrases);
    }

    [Theory]
    [InlineData("good\t1\nbad\n", "line 2: 1 columns")]
    [InlineData("good\t1\t1\n", "line 1: 3 columns")]
    [InlineData("good\t2\n", "the label is “2”")]
    [InlineData("good\t\n", "the label is “”")]
    [InlineData(" \t1\n", "no word")]
    [InlineData("\n", "1 columns")]
    public void A_wrong_row_is_named(string text, string says)
    {
        var path = Written(text);

        Fails(() => SentimentTreebank.ReadTable(path), path, says);
    }

    [Fact]
    public void A_tree_gives_words_phrases_and_label()
    {
        var tree = SentimentTree.Parse(Lovely);

        Assert.Equal(["It", "'s", "a", "lovely", "film", "dull", "."], tree.Words);
        Assert.Equal(3, tree.Label);
        Assert.Contains(new(3, 5, 4), tree.Phrases);
        Assert.Contains(new(2, 5, 3), tree.Phrases);
        Assert.Equal(new(0, 7, 3), tree.Phrases[^1]);
        Assert.Equal(13, tree.Phrases.Count);
    }

    [Fact]
    public void Phrases_are_those_of_a_recursive_reader()
    {
        for (var i = 0; i < 300; i++)
        {
            var random = new SplitMix64(1, 2, (ulong)i);
            var expected = new List<Phrase>();
            var words = 0;
            var text = Draw(ref random, 5, expected, ref words);

            Assert.Equal(expected, SentimentTree.Parse(text).Phrases);
            Assert.Equal(expected, SentimentTree.Parse(text.Replace(" (", "(", StringComparison.Ordinal).Replace(")", " ) ", StringComparison.Ordinal)).Phrases);
        }
    }

    [Theory]
    [InlineData("", "ends inside 0")]
    [InlineData("(3 (2 It)", "ends inside 1 phrases")]
    [InlineData("(5 a)", "column 2: a label is 0, 1, 2, 3 or 4")]
    [InlineData("(12 a)", "a label")]
    [InlineData("(", "a label")]
    [InlineData("(3)", "a label")]
    [InlineData("(3 )", "column 4: a phrase without a word")]
    [InlineData("(3 a b)", "column 6: a phrase holds either")]
    [InlineData("(3 a (2 b))", "either one word or other phrases")]
    [InlineData("(3 (2 a) b)", "either one word or other phrases")]
    [InlineData("(3 a) (2 b)", "column 7: something follows")]
    [InlineData("(3 a))", "something follows")]
    [InlineData(")", "was not opened")]
    [InlineData("a", "begins with a bracket")]
    public void No_tree_is_named_with_line_and_column(string tree, string says)
    {
        var path = Written($"(2 a)\n{tree}\n");

        Fails(() => SentimentTreebank.ReadTrees(path), path, "line 2: no tree: ", says);
    }

    [Fact]
    public void Nesting_has_a_limit_and_no_recursion()
    {
        Assert.Equal(SentimentTree.Deepest, SentimentTree.Parse(Nested(SentimentTree.Deepest)).Phrases.Count);
        var path = Written(Nested(60_000));
        Fails(() => SentimentTreebank.ReadTrees(path), path, "more than 500 phrases inside each other");
    }

    [Fact]
    public void Reasons_are_the_smallest_phrases_on_the_sentences_side()
    {
        Assert.Equal("lovely", Reasons(Lovely));
        // Only both words together were judged negative.
        Assert.Equal("not good", Reasons("(1 (2 It) (1 (2 is) (1 (2 not) (3 good))))"));
        Assert.Equal("not", Reasons("(1 (2 It) (1 (2 is) (1 (1 not) (3 good))))"));
        Assert.Equal("", Reasons("(2 (4 great) (0 awful))"));
        Assert.Equal("great fun", Reasons("(4 (4 great) (4 fun))"));
    }

    [Fact]
    public void Asked_for_extremes_the_reasons_are_the_smallest_extreme_phrases()
    {
        var tree = SentimentTree.Parse(Lovely);

        Assert.Equal([false, false, false, true, true, false, false], SentimentReasons.Of(7, 3, tree.Phrases, strength: 2));
        Assert.Equal([false, false, false, false, false, true, false], SentimentReasons.Of(7, 0, tree.Phrases));
        Assert.Throws<ArgumentException>(() => SentimentReasons.Of(3, 4, tree.Phrases));
    }

    [Fact]
    public void Files_cut_short_anywhere_are_an_error()
    {
        var tree = Encoding.UTF8.GetBytes(Lovely + "\n");
        FailsCutShort(folder, "a.txt", tree, path => SentimentTreebank.ReadTrees(path), allowed: length => length == tree.Length - 1);
        FailsCutShort(folder, "a.tsv", "it is good\t1\n"u8.ToArray(), path => SentimentTreebank.ReadTable(path), allowed: length => length == 12);
    }

    [Fact]
    public void Missing_files_are_named()
    {
        var root = new DataRoot(folder.Path);

        Fails(() => SentimentTreebank.Sst2(root), Path.Combine(folder.Path, "sst2"), "train.tsv", "ATTENTION_DATA");
        Fails(() => SentimentTreebank.Sst5(root), Path.Combine(folder.Path, "sst5-trees"), "train.txt");
    }

    [Fact]
    public void The_trees_of_one_side_are_a_set_of_two_classes_with_reasons()
    {
        foreach (var stem in new[] { "train", "dev", "test" }) folder.File(Path.Combine("sst5-trees", $"{stem}.txt"), Encoding.UTF8.GetBytes($"{Lovely}\n(2 (2 a) (2 film))\n(0 (0 awful) (1 film))\n(1 dull)\n"));

        var two = SentimentTreebank.Sst2Trees(new DataRoot(folder.Path));

        Assert.Equal([1, 0, 0], two.Test.Sentences.Select(s => s.Label));
        Assert.Equal(["lovely", "awful film", "dull"], two.Train.Sentences.Select(s => string.Join(' ', s.Words.Where((_, i) => s.Reasons![i]))));
        Assert.Equal(["negative", "positive"], two.Validation.ClassNames);
    }

    [Fact]
    public void Every_phrase_with_a_side_is_an_example_once_and_tests_are_whole_sentences()
    {
        var train = "(3 (2 a) (4 (3 lovely) (2 film)))\n(1 (2 a) (1 (0 awful) (2 film)))\n(4 (3 Lovely) (2 film))\n";
        foreach (var (stem, text) in new[] { ("train", train), ("dev", "(1 dull)\n"), ("test", "(2 so)\n(3 (2 a) (3 joy))\n") }) folder.File(Path.Combine("sst5-trees", $"{stem}.txt"), Encoding.UTF8.GetBytes(text));

        var phrases = SentimentTreebank.Sst2Phrases(new DataRoot(folder.Path));

        Assert.Equal(["lovely 1", "lovely film 1", "a lovely film 1", "awful 0", "awful film 0", "a awful film 0"], phrases.Train.Sentences.Select(s => $"{string.Join(' ', s.Words)} {s.Label}"));
        Assert.Equal(["a joy"], phrases.Test.Sentences.Select(s => string.Join(' ', s.Words)));
        Assert.Equal(1, phrases.Validation.Count);
        Assert.NotNull(phrases.Test.Sentences[0].Reasons);
    }

    [SkippableFact]
    public void The_published_sentences_have_the_published_counts()
    {
        var root = DataRoot.Find();
        Skip.IfNot(Directory.Exists(root.Of("sst2")) && Directory.Exists(root.Of("sst5-trees")), $"the treebank is not in {root}");

        var (two, five) = (SentimentTreebank.Sst2(root), SentimentTreebank.Sst5(root));

        Assert.Equal((6920, 872, 1821), (two.Train.Count, two.Validation.Count, two.Test.Count));
        Assert.Equal((8544, 1101, 2210), (five.Train.Count, five.Validation.Count, five.Test.Count));
        // Counted apart from this by a script in another language; Kim (2014) has 76,961 of another tokenization.
        Assert.Equal(77_201, SentimentTreebank.Sst2Phrases(root).Train.Count);
        // The same sentences: SST-2 is SST-5 without the neutral ones.
        Assert.Equal(two.Test.Count, five.Test.Sentences.Count(s => s.Label != 2));
        // Every sentence with a side has a reason, and few words are one.
        Assert.All(five.Test.Sentences, s => Assert.Equal(s.Label != 2, s.Reasons!.Contains(true)));
        Assert.InRange(five.Test.Sentences.Where(s => s.Label != 2).Average(s => s.Reasons!.Count(r => r) / (double)s.Words.Count), 0.05, 0.4);
    }

    private static string Reasons(string text)
    {
        var tree = SentimentTree.Parse(text);
        var reasons = SentimentReasons.Of(tree.Words.Count, tree.Label, tree.Phrases);
        return string.Join(' ', tree.Words.Where((_, i) => reasons[i]));
    }

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("(2 ", depth)) + "a" + new string(')', depth);

    private static string Draw(ref SplitMix64 random, int depth, List<Phrase> phrases, ref int words)
    {
        var (label, start) = (random.Below(5), words);
        var inside = new List<string>();
        if (depth == 0 || random.Below(3) == 0) inside.Add($"w{words++}");
        else for (var children = 1 + random.Below(3); children > 0; children--) inside.Add(Draw(ref random, depth - 1, phrases, ref words));
        phrases.Add(new(start, words, label));
        return $"({label} {string.Join(' ', inside)})";
    }

    private string Written(string text) => folder.File("a", Encoding.UTF8.GetBytes(text));
}
