using static TorchSharp.torch;

namespace AttentionNotebooks;

public class ReasonWordsTests
{
    private static readonly Values Nothing = zeros(2, 5, 1, float64).DetachFromDisposeScope();
    private static readonly Tensor Mask = tensor([true, true, true, true, true, /**/ true, true, true, false, false], [2, 5]).DetachFromDisposeScope();

    [Theory]
    // 0.1 · 5 and 0.1 · 3 round to 0, but one is the least; 0.4 makes 2 and 1; 1 makes all.
    [InlineData(0.1, "..x..", "x....")]
    [InlineData(0.4, "x.x..", "x....")]
    [InlineData(0.6, "xxxx.", "xx...")]
    [InlineData(1.0, "xxxxx", "xxx..")]
    public void Where_all_words_are_weighed_the_heaviest_are_the_reasons(double share, string first, string second)
    {
        using var scope = NewDisposeScope();
        // 1 and 3 are of equal weight: they come together.
        var scores = tensor([2.0, 1, 3, 1, 0, /**/ 3, 2, 1, 9, 9], [2, 1, 5]);

        var attended = new Expected().Take(new Softmax().call(scores, Mask), Nothing, null);

        Assert.Equal([first, second], Shown(ReasonWords.Of(attended, Mask, share)));
        Assert.Equal(["xxxxx", "xxx.."], Shown(ReasonWords.Read(attended, Mask)));
    }

    [Fact]
    public void A_word_without_weight_is_no_reason_and_equal_weights_give_all_words()
    {
        using var scope = NewDisposeScope();
        var sparse = new Expected().Take(new Sparsemax().call(tensor([9.0, 0, 0, 0, 0, /**/ 0, 0, 9, 0, 0], [2, 1, 5]), Mask), Nothing, null);
        var uniform = new Expected().Take(new Softmax().call(zeros(2, 1, 5, float64), Mask), Nothing, null);

        Assert.Equal(["x....", "..x.."], Shown(ReasonWords.Of(sparse, Mask, 0.8)));
        Assert.Equal(["x....", "..x.."], Shown(ReasonWords.Read(sparse, Mask)));
        Assert.Equal(["xxxxx", "xxx.."], Shown(ReasonWords.Of(uniform, Mask, 0.2)));
    }

    [Fact]
    public void Where_words_are_chosen_they_are_the_reasons_whatever_the_share()
    {
        using var scope = NewDisposeScope();
        var scores = tensor([1.0, -1, 2, -3, 4, /**/ -1, -1, -1, 5, 5], [2, 1, 5]);

        var one = new MostLikely().Take(new Softmax().call(scores, Mask), Nothing, null);
        var gates = new MostLikely().Take(new Sigmoid().call(scores, Mask), Nothing, null);
        var kuma = new MostLikely().Take(new HardKuma().call(2 * scores, Mask), Nothing, null);

        Assert.Equal(["....x", "x...."], Shown(ReasonWords.Of(one, Mask, 0.9)));
        // Gates may all be shut: no word is a reason.
        Assert.Equal(["x.x.x", "....."], Shown(ReasonWords.Of(gates, Mask, 0.9)));
        Assert.Equal(["x.x.x", "....."], Shown(ReasonWords.Of(kuma, Mask, 0.9)));
        Assert.Equal(["x.x.x", "....."], Shown(ReasonWords.Read(kuma, Mask)));
    }

    [Fact]
    public void Scores_of_a_set_are_those_counted_by_hand()
    {
        using var scope = NewDisposeScope();
        // The third sentence is neutral and has no reason: it counts for accuracy and for what was read.
        var words = tensor([5L, 5, 5, 5, /**/ 5, 5, 5, 0, /**/ 5, 5, 0, 0], [3, 4]);
        var reasons = tensor([true, true, false, false, /**/ false, false, true, false, /**/ false, false, false, false], [3, 4]);
        var batch = new SentenceBatch(words, words.ne(0), tensor([0L, 1, 1]), reasons);
        var scores = tensor([3.0, -1, 1, -1, /**/ -2, 2, 1, 0, /**/ 1, -1, 0, 0], [3, 1, 4]);
        var attended = new MostLikely().Take(new Sigmoid().call(scores, batch.Mask), zeros(3, 4, 1, float64), null);
        var reading = new SentimentReading(tensor([1.0, 0, /**/ 1, 0, /**/ 0, 1], [3, 2]), attended);
        var sums = new SentimentScores(0.3);

        sums.Add(batch, reading);
        sums.Add(batch, reading);
        var metrics = sums.Values();

        // Given: words 0 and 2; 1 and 2; 0. True among them: 0; 2. All reasons: 0 and 1; 2.
        Assert.Equal(2.0 / 3, metrics["accuracy"], 12);
        Assert.Equal(2.0 / 4, metrics["reason precision"], 12);
        Assert.Equal(2.0 / 3, metrics["reason recall"], 12);
        Assert.Equal(4.0 / 7, metrics["reason F1"], 12);
        // The first ranks 0, 2, then 1 and 3 together: (1 + 2/4) / 2. The second ranks 1, 2, 0: 1/2.
        Assert.Equal((0.75 + 0.5) / 2, metrics["average precision"], 12);
        Assert.Equal(5.0 / 9, metrics["words read"], 12);
        Assert.Equal(SentimentScores.Metrics.Select(metric => metric.Name), metrics.Keys);
    }

    [Fact]
    public void Where_nobody_says_the_reasons_the_metrics_of_reasons_are_no_numbers()
    {
        using var scope = NewDisposeScope();
        var words = tensor([5L, 5], [1, 2]);
        var batch = new SentenceBatch(words, words.ne(0), tensor([0L]), zeros(1, 2, @bool));
        var sums = new SentimentScores(0.5);

        sums.Add(batch, new SentimentReading(tensor([1.0, 0], [1, 2]), new Expected().Take(new Softmax().call(zeros(1, 1, 2), null), zeros(1, 2, 1), null)));

        Assert.Equal(["accuracy", "words read"], sums.Values().Where(metric => !double.IsNaN(metric.Value)).Select(metric => metric.Key));
    }

    private static string[] Shown(Tensor selected) =>
        [.. Enumerable.Range(0, (int)selected.shape[0]).Select(row => string.Concat(selected[row].data<bool>().ToArray().Select(each => each ? 'x' : '.')))];
}
