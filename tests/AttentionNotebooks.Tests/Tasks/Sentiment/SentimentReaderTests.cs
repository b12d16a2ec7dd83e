using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class SentimentReaderTests
{
    private const int Words = 30;

    public static TheoryData<string, string> Reads => new()
    {
        { "softmax", "expected" }, { "softmax", "most likely" }, { "entmax", "expected" }, { "sigmoid", "most likely" }, { "sigmoid", "expected" }, { "kuma", "most likely" },
    };

    [Theory]
    [MemberData(nameof(Reads))]
    public void What_else_is_in_the_batch_does_not_matter(string distribution, string read)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var batch = Batch(1, [9, 4, 1, 7]);
        foreach (var rationale in new[] { false, true })
        {
            var reader = Reader(distribution, read, rationale);
            var together = reader.call(batch, null);
            for (var row = 0; row < 4; row++)
            {
                var length = batch.Mask[row].sum().ToInt64();
                var alone = reader.call(Slice(batch, row, length), null);

                Close(alone.Logits[0], together.Logits[row], 1e-5);
                Close(alone.Attended.Weights[0, 0], together.Attended.Weights[row, 0].narrow(0, 0, length), 1e-5);
                Assert.Equal(0, together.Attended.Weights[row, 0].narrow(0, length, 9 - length).abs().sum().ToDouble());
            }
        }
    }

    // The faithfulness of a rationale: a word that was not chosen is never read again. Its neighbours decided that it was not, so the choice is held.
    [Theory]
    [InlineData("sigmoid")]
    [InlineData("kuma")]
    public void A_rationale_tells_the_class_by_the_chosen_words_alone(string distribution)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var batch = Batch(2, [10, 8, 6]);
        var reader = Reader(distribution, "most likely", rationale: true);
        var choice = tensor([1L, 4, 5, /**/ 0, 7, Locations.Nothing, /**/ 2, Locations.Nothing, Locations.Nothing], [3, 1, 3]);
        var chosen = zeros(3, 11, float64).scatter(1, choice.squeeze(1).masked_fill(choice.squeeze(1) < 0, 10), ones(3, 3, float64)).narrow(1, 0, 10).ne(0);
        Tensor Logits(Tensor words) => reader.ReadAs(reader.Encode(batch with { Words = words }), new Chosen(choice), null).Logits;
        var plain = Logits(batch.Words);

        var other = (batch.Words + 1).remainder(Words - 4) + 4;
        Assert.True(plain.Equals(Logits(where(chosen.logical_or(batch.Mask.logical_not()), batch.Words, other))), "a word that was not chosen changed the class");
        foreach (var (row, word) in new[] { (0, 1), (0, 5), (1, 7), (2, 2) })
        {
            var changed = batch.Words.clone();
            changed[row, word] = other[row, word];
            Assert.False(plain[row].Equals(Logits(changed)[row]), $"word {word} of sentence {row} was chosen and does not count");
        }
    }

    [Fact]
    public void A_rationale_without_words_says_the_same_of_every_sentence()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var batch = Batch(3, [10, 8, 6]);
        var reader = Reader("sigmoid", "most likely", rationale: true);

        var logits = reader.ReadAs(reader.Encode(batch), new Chosen(full([3, 1, 1], Locations.Nothing, int64)), null).Logits;

        Assert.True(logits[0].Equals(logits[1]));
        Assert.True(logits[0].Equals(logits[2]));
    }

    // A gate half open is neither of the two: the words of a draw count for as much as they are open.
    [Fact]
    public void Gates_are_what_is_read_whatever_the_read()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var batch = Batch(4, [6, 3]);
        foreach (var (distribution, read) in new (string, Read)[]
        {
            ("sigmoid", new Sampled()), ("kuma", new Sampled()), ("sigmoid", new StraightThrough()), ("softmax", new GumbelSoftmax()), ("kuma", new Expected()), ("softmax", new TopK(2)),
        })
        {
            var reader = Reader(distribution, "expected", rationale: true);
            var attended = reader.ReadAs(reader.Encode(batch), read, generator).Attended;
            var gates = attended.Shares ?? (attended.Choice is null ? attended.Weights : attended.Locations.Hot(attended.Choice));
            Close(gates, attended.Context, 1e-6);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Phrases_at_some_words_are_those_of_all_and_reach_no_further_than_they_are_wide(long width)
    {
        using var scope = NewDisposeScope();
        var phrases = Draw.Weights(new Phrases(4, width, 6), 5);
        var words = Draw.Normal(6, [2, 7, 4]);
        var locations = tensor([0L, 3, 6, 3, /**/ 2, 1, 0, 6], [2, 4]);

        var all = phrases.call(words);

        Close(all.gather(1, locations.unsqueeze(-1).expand(-1, -1, 6)), phrases.At(words, locations), 1e-12);
        var changed = words.clone();
        changed[TensorIndex.Colon, 2] += 1;
        var reached = (phrases.call(changed) - all).abs().sum([0, 2]).gt(0).data<bool>().ToArray();
        Assert.Equal(Enumerable.Range(0, 7).Select(n => n >= 2 && n < 2 + width), reached);
        // By hand: ReLU(W [x₄; x₅; x₆] + b) at the last word.
        var (weight, bias) = (phrases.parameters().First(p => p.dim() == 2), phrases.parameters().First(p => p.dim() == 1));
        Close((weight.matmul(words[1].narrow(0, 7 - width, width).flatten()) + bias).relu(), all[1, 6], 1e-12);
    }

    [Fact]
    public void Keys_see_seven_words_to_either_side_and_no_padding()
    {
        using var scope = NewDisposeScope();
        var encode = Draw.Weights(new SentenceEncoder(4), 3);
        var words = Draw.Normal(7, [1, 20, 4]);
        var mask = arange(20, int64).unsqueeze(0) < 18;
        bool[] Changed(int at)
        {
            var other = words.clone();
            other[0, at] += 1;
            return [.. (encode.call(other, mask) - encode.call(words, mask)).abs().sum([0, 2]).gt(0).data<bool>().ToArray()];
        }

        // A ReLU that is shut may hide a word from some of them, but never shows one from beyond.
        Assert.All(Changed(9).Index(), n => Assert.True(!n.Item || n.Index is >= 2 and <= 16));
        Assert.All(Enumerable.Range(7, 5), n => Assert.True(Changed(9)[n]));
        Assert.True(Changed(9)[2] || Changed(9)[16]);
        Assert.DoesNotContain(true, Changed(19));
    }

    [Fact]
    public void A_hard_read_computes_the_phrases_it_reads_and_the_same_class_as_if_all_were_there()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var batch = Batch(8, [9, 4, 7]);
        var reader = Reader("softmax", "most likely", rationale: false);
        var sentences = reader.Encode(batch);

        var likely = reader.ReadAs(sentences, null, null);
        var best = reader.ReadAs(sentences, new TopK(1), null);

        Assert.True(likely.Attended.Choice!.Equals(best.Attended.Choice!));
        Close(best.Logits, likely.Logits, 1e-6);
    }

    [Theory]
    [InlineData("softmax", "expected", false)]
    [InlineData("softmax", "most likely", false)]
    [InlineData("sigmoid", "most likely", true)]
    [InlineData("kuma", "most likely", true)]
    public void It_hands_over_what_it_read_and_nothing_else(string distribution, string read, bool rationale)
    {
        using var scope = NewDisposeScope();
        var batch = Batch(9, [9, 4, 7]);
        var reader = Reader(distribution, read, rationale);
        var parts = 0;

        var handed = LiveTensors.HandedOverBy(() => parts = 1 + LiveTensors.Of(reader.call(batch, null).Attended));

        Assert.Equal(parts, handed);
        Assert.Equal(2, LiveTensors.HandedOverBy(() => reader.Encode(batch)));
    }

    [Fact]
    public void The_same_seed_gives_the_same_reader_and_every_weight_comes_from_it()
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> Drawn(ulong seed, long global)
        {
            using var _ = random.manual_seed(global);
            using var generator = new Generator(seed);
            return new SentimentReader(new Attention(SentimentReader.NewScore(), new Softmax(), new Expected()), Words, 2, generator).state_dict();
        }

        var (first, second, other) = (Drawn(1, 1), Drawn(1, 2), Drawn(2, 1));
        Assert.All(first, pair => Assert.True(pair.Value.Equals(second[pair.Key]), pair.Key));
        Assert.All(first.Where(pair => pair.Value.dim() > 1), pair => Assert.False(pair.Value.Equals(other[pair.Key]), pair.Key));
    }

    private static SentimentReader Reader(string distribution, string read, bool rationale)
    {
        using var generator = new Generator(11);
        Distribution chosen = distribution switch { "softmax" => new Softmax(), "entmax" => new Entmax15(), "sigmoid" => new Sigmoid(), _ => new HardKuma() };
        return new SentimentReader(new Attention(SentimentReader.NewScore(), chosen, read == "expected" ? new Expected() : new MostLikely()), Words, 3, generator, rationale);
    }

    private static SentenceBatch Batch(ulong seed, long[] lengths)
    {
        using var generator = new Generator(seed);
        var mask = arange(lengths.Max()).unsqueeze(0).lt(tensor(lengths).unsqueeze(1));
        var words = randint(4, Words, [lengths.Length, lengths.Max()], int64, generator: generator).masked_fill(mask.logical_not(), Vocabulary.Padding);
        return new SentenceBatch(words, mask, zeros(lengths.Length, int64), zeros_like(mask));
    }

    private static SentenceBatch Slice(SentenceBatch batch, int row, long length) => new(
        batch.Words.narrow(0, row, 1).narrow(1, 0, length), batch.Mask.narrow(0, row, 1).narrow(1, 0, length), batch.Labels.narrow(0, row, 1), batch.Reasons.narrow(0, row, 1).narrow(1, 0, length));

    private static void Close(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        var gap = (expected - actual).abs().max().ToDouble();
        Assert.True(gap <= tolerance, $"they differ by {gap}");
    }
}
