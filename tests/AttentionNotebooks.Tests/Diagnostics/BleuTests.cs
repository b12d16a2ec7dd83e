using FsCheck.Xunit;

namespace AttentionNotebooks;

public class BleuTests
{
    // Papineni et al. 2002, example 1; words in lower case, the full stops are not among them.
    private static readonly string[] First = Words("it is a guide to action which ensures that the military always obeys the commands of the party");
    private static readonly string[] Second = Words("it is to insure the troops forever hearing the activity guidebook that party direct");
    private static readonly string[][] Guides =
    [
        Words("it is a guide to action that ensures that the military will forever heed party commands"),
        Words("it is the guiding principle which guarantees the military forces always being under the command of the party"),
        Words("it is the practical guide for the army always to heed the directions of the party"),
    ];

    // Example 2.
    private static readonly string[][] Cats = [Words("the cat is on the mat"), Words("there is a cat on the mat")];

    [Fact]
    public void The_examples_of_the_paper()
    {
        // §2.1: 17/18 and 8/14 single words, 10/17 and 1/13 pairs.
        Assert.Equal((17.0 / 18, 10.0 / 17), (One(First, Guides).Precision(1), One(First, Guides).Precision(2)));
        Assert.Equal((8.0 / 14, 1.0 / 13), (One(Second, Guides).Precision(1), One(Second, Guides).Precision(2)));
        // Example 2: seven times “the”, of which a reference has two.
        Assert.Equal(2.0 / 7, One(Words("the the the the the the the"), Cats).Precision(1));
        // Example 3: “of the” is all precision and no translation, which the brevity penalty punishes; the nearest reference has 16 words.
        var brief = One(Words("of the"), Guides);
        Assert.Equal((1.0, 1.0), (brief.Precision(1), brief.Precision(2)));
        Assert.Equal(Math.Exp(1 - 16 / 2.0), brief.UpTo(2), 12);
    }

    [Fact]
    public void The_example_in_the_documentation_of_NLTKs_corpus_bleu()
    {
        // nltk.translate.bleu_score: corpus_bleu 0.5920…, sentence_bleu of the first 0.5045…, the mean of both sentences' 0.6223…. There the case of “Party” counts.
        var military = Guides.Select((guide, i) => guide.Select(word => word == "party" && i < 2 ? "Party" : word).ToArray()).ToArray();
        var (book, reference) = (Words("he read the book because he was interested in world history"), Words("he was interested in world history because he read the book"));

        Assert.Equal(0.5920, Bleu.Of([First, book], [military, [reference]]).Score, 0.0001);
        Assert.Equal(0.5045, One(First, military).Score, 0.0001);
        Assert.Equal(0.6223, (One(First, military).Score + One(book, [reference]).Score) / 2, 0.0001);
    }

    [Fact]
    public void A_translation_is_brief_against_the_nearest_reference_and_the_shorter_of_two_as_near()
    {
        var words = Words("a b c d");

        Assert.Equal(3, One(words, [Words("a b c d e"), Words("a b c"), Words("a b c d e f g")]).ReferenceLength);
        Assert.Equal(6, One(words, [Words("a"), Words("a b c d e f")]).ReferenceLength);
        Assert.Equal(1, One(words, [Words("a b c")]).BrevityPenalty);
        Assert.Equal(Math.Exp(1 - 6 / 4.0), One(words, [Words("a b c d e f")]).BrevityPenalty, 12);
        // Lengths are summed before they are compared: one translation may be long where another is brief.
        Assert.Equal(1, Bleu.Of([words, words], [Words("a b"), Words("a b c d e f")]).BrevityPenalty);
    }

    [Fact]
    public void Without_a_run_in_common_it_is_nothing_and_of_itself_it_is_everything()
    {
        Assert.Equal((1.0, 1.0, "BLEU-4 100.00 (100.0/100.0/100.0/100.0, brevity penalty 1.000, 18 words for 18)"), (One(First, [First]).Score, One(First, [First]).UpTo(1), One(First, [First]).ToString()));
        Assert.Equal((0.0, 0.0), (One(Words("a b c"), [Words("a b c")]).Score, One(Words("a b c"), [Words("a b c")]).Precision(4)));
        Assert.Equal(1, One(Words("a b c"), [Words("a b c")]).UpTo(3));
        Assert.Equal(0, One(Words("x y z u v"), [Words("a b c d e")]).Score);
        Assert.Equal((0.0, 0.0), (One([], [First]).Score, One([], [First]).BrevityPenalty));
    }

    [Property(MaxTest = 60)]
    public void It_agrees_with_the_definition_written_down_another_way(int seed)
    {
        var random = new Random(seed);
        string[] Sentence() => [.. Enumerable.Range(0, random.Next(0, 12)).Select(_ => ((char)('a' + random.Next(4))).ToString())];
        var candidates = Enumerable.Range(0, 1 + random.Next(5)).Select(_ => Sentence()).ToArray();
        var references = candidates.Select(_ => Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Sentence()).ToArray()).ToArray();

        var actual = Bleu.Of(candidates, references);

        for (var n = 1; n <= 4; n++) Assert.Equal(Definition(candidates, references, n), actual.UpTo(n), 12);
    }

    [Fact]
    public void What_does_not_belong_together_is_an_error()
    {
        Assert.Throws<ArgumentException>(() => Bleu.Of([], Array.Empty<string[]>()));
        Assert.StartsWith("There are 1 translations and references for 2.", Assert.Throws<ArgumentException>(() => Bleu.Of([First], [First, First])).Message, StringComparison.Ordinal);
        Assert.StartsWith("Translation 0 has no reference.", Assert.Throws<ArgumentException>(() => Bleu.Of([First], [Array.Empty<string[]>()])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => One(First, Guides).UpTo(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => One(First, Guides).Precision(0));
    }

    // One run at a time, struck off in every reference where it is found, and the greatest of the hits: no counts, no clipping.
    private static double Definition(string[][] candidates, string[][][] references, int order)
    {
        var (product, c, r) = (1.0, candidates.Sum(candidate => candidate.Length), 0);
        foreach (var (candidate, own) in candidates.Zip(references)) r += own.Select(reference => reference.Length).OrderBy(length => 2 * Math.Abs(length - candidate.Length) + (length > candidate.Length ? 1 : 0)).First();
        for (var n = 1; n <= order; n++)
        {
            var (hits, runs) = (0, 0);
            foreach (var (candidate, own) in candidates.Zip(references))
            {
                var all = Windows(candidate, n);
                runs += all.Count;
                foreach (var run in all.Distinct(StringComparer.Ordinal)) hits += own.Max(reference => Struck(all, Windows(reference, n), run));
            }

            product *= runs == 0 ? 0 : (double)hits / runs;
        }

        return c == 0 || product == 0 ? 0 : Math.Pow(product, 1.0 / order) * (c > r ? 1 : Math.Exp(1 - (double)r / c));
    }

    private static int Struck(List<string> runs, List<string> reference, string run)
    {
        var left = new List<string>(reference);
        return runs.Count(other => other == run && left.Remove(other));
    }

    private static List<string> Windows(string[] words, int length) =>
        [.. Enumerable.Range(0, Math.Max(0, words.Length - length + 1)).Select(start => string.Concat(words[start..(start + length)]))];

    private static Bleu One(string[] candidate, string[][] references) => Bleu.Of([candidate], [references]);

    private static string[] Words(string sentence) => sentence.Split(' ');
}
