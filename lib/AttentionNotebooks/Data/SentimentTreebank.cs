namespace AttentionNotebooks;

/// <summary>The Stanford Sentiment Treebank (Socher et al. 2013): sentences from film reviews, judged by people.</summary>
public static class SentimentTreebank
{
    private const string Origin = "Socher et al. 2013";
    private const int Neutral = 2;

    /// <summary>SST-2 from <c>sst2/</c> in the data root: whole sentences, in lower case, negative or positive; 6,920, 872 and 1,821.</summary>
    /// <param name="root">Where data lie.</param>
    /// <exception cref="DataFileException">A file is missing or damaged.</exception>
    public static SentimentData Sst2(DataRoot root)
    {
        return new(Set("train"), Set("dev"), Set("test"), "SST-2, sst2/ of the data root.");

        SentimentSet Set(string stem) => new("SST-2", ["negative", "positive"], ReadTable(DataFile.Locate(root, "sst2", "SST-2", $"{stem}.tsv", $"{stem}.tsv.gz")), Origin);
    }

    /// <summary>SST-5 from <c>sst5-trees/</c> in the data root: five classes, and a label at every phrase, from which the reasons follow (<see cref="SentimentReasons"/>); 8,544, 1,101 and 2,210.</summary>
    /// <param name="root">Where data lie.</param>
    /// <exception cref="DataFileException">A file is missing or damaged.</exception>
    public static SentimentData Sst5(DataRoot root)
    {
        return new(Set("train"), Set("dev"), Set("test"), "SST-5, sst5-trees/ of the data root.");

        SentimentSet Set(string stem) => new("SST-5", ["very negative", "negative", "neutral", "positive", "very positive"], ReadTrees(DataFile.Locate(root, "sst5-trees", "SST-5", $"{stem}.txt", $"{stem}.txt.gz")), Origin);
    }

    /// <summary>SST-2 from the trees of SST-5, and therefore with reasons: the neutral sentences are left out, the others are negative or positive; 6,920, 872 and 1,821.</summary>
    /// <param name="root">Where data lie.</param>
    /// <exception cref="DataFileException">A file is missing or damaged.</exception>
    public static SentimentData Sst2Trees(DataRoot root) => Polar(Sst5(root));

    /// <summary>
    /// SST-2 as most papers train on it: every judged phrase of the training trees is an example of its own, from single words to whole sentences, each once, whatever its case; neutral ones are left out.
    /// Validation and test are the whole sentences, with reasons, of <see cref="Sst2Trees"/>.
    /// </summary>
    /// <param name="root">Where data lie.</param>
    /// <exception cref="DataFileException">A file is missing or damaged.</exception>
    public static SentimentData Sst2Phrases(DataRoot root)
    {
        var trees = Sst5(root);
        var sentences = Polar(trees);
        var phrases = trees.Train.Sentences.SelectMany(Phrases).DistinctBy(phrase => (string.Join(' ', phrase.Words).ToUpperInvariant(), phrase.Label));
        return sentences with
        {
            Train = sentences.Train with { Name = "SST-2 (phrases)", Sentences = [.. phrases] },
            Why = "SST-2, trained on all phrases of the trees of SST-5, sst5-trees/ of the data root.",
        };

        static IEnumerable<LabelledSentence> Phrases(LabelledSentence tree) => tree.Phrases.Where(phrase => phrase.Label != Neutral)
            .Select(phrase => new LabelledSentence([.. tree.Words.Take(phrase.Start..phrase.End)], Polarity(phrase.Label), null, []));
    }

    /// <summary>Reads lines of a sentence, a tab, and 0 (negative) or 1 (positive); words stand apart.</summary>
    /// <param name="path">The file, UTF-8, gzip-compressed or not.</param>
    /// <exception cref="DataFileException">The file is missing or damaged, a column is missing, or a label is neither.</exception>
    public static IReadOnlyList<LabelledSentence> ReadTable(string path) => TextFile.ReadLines(path, (line, number) =>
    {
        var columns = line.Split('\t');
        if (columns.Length != 2) throw TextFile.Wrong(path, number, $"{columns.Length} columns, but a sentence and its label are 2, with a tab between. {DataFile.Again}");
        if (columns[1] is not ("0" or "1")) throw TextFile.Wrong(path, number, $"the label is “{columns[1]}”, and can be 0 or 1. {DataFile.Again}");
        var words = columns[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) throw TextFile.Wrong(path, number, $"there is no word. {DataFile.Again}");
        return new LabelledSentence(words, columns[1][0] - '0', null, []);
    });

    /// <summary>Reads a tree a line.</summary>
    /// <param name="path">The file, UTF-8, gzip-compressed or not.</param>
    /// <exception cref="DataFileException">The file is missing or damaged, or a line is no tree.</exception>
    public static IReadOnlyList<LabelledSentence> ReadTrees(string path) => TextFile.ReadLines(path, (line, number) =>
    {
        try
        {
            var tree = SentimentTree.Parse(line);
            return tree with { Reasons = SentimentReasons.Of(tree.Words.Count, tree.Label, tree.Phrases) };
        }
        catch (FormatException e)
        {
            throw new DataFileException(path, $"line {number}: no tree: {e.Message}. {DataFile.Again}", e);
        }
    });

    private static SentimentData Polar(SentimentData trees)
    {
        return new(Of(trees.Train), Of(trees.Validation), Of(trees.Test), "SST-2 from the trees of SST-5, sst5-trees/ of the data root.");

        static SentimentSet Of(SentimentSet set) => new("SST-2 (trees)", ["negative", "positive"],
            [.. set.Sentences.Where(tree => tree.Label != Neutral).Select(tree => tree with { Label = Polarity(tree.Label) })], Origin);
    }

    private static int Polarity(int label) => label > Neutral ? 1 : 0;
}
