using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class CanvasReaderTests
{
    private static readonly DigitSet Set = Digits.Drawn(seed: 1, trainCount: 100, testCount: 0).Train;

    public static TheoryData<Read> Reads => [new Expected(), new Sampled(), new MostLikely()];

    [Fact]
    public void A_window_has_the_same_value_read_with_all_or_alone()
    {
        using var scope = NewDisposeScope();
        var spy = new Spy();
        using var generator = new Generator(1);
        var reader = new CanvasReader(new Attention(new ScaledDotScore(), new Softmax(), spy), generator);

        reader.call(Canvases(7).Images, null);

        Assert.Equal([7L, 25, 64], spy.All!.shape);
        Assert.True((spy.All.std([0L]).amax([1L]) > 0.01).all().ToBoolean(), "every window says something");
        Assert.True(spy.All.allclose(spy.OneByOne!, 1e-4, 1e-5), $"off by {(spy.All - spy.OneByOne!).abs().max().ToSingle()}");
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void A_reading_has_its_shapes_and_one_step(Read read)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var reader = Make(read, generator, classes: 7);

        var reading = reader.call(Canvases(3).Images, generator);

        Assert.Equal([3L, 1, 7], reading.Logits.shape);
        Assert.Equal([3L, 1, 25], reading.Attended.Weights.shape);
        Assert.Equal([3L, reader.OverviewFeatures], reading.Overview.shape);
        Assert.False(reading.Overview.requires_grad);
    }

    [Fact]
    public void A_hard_read_costs_less_than_a_third_of_a_soft_one()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var images = Canvases(1).Images;
        long Operations(Read read)
        {
            var reader = Make(read, generator);
            using var counter = new FlopCounter(reader);
            reader.call(images, generator);
            return counter.Count;
        }

        Assert.True(Operations(new Sampled()) * 3 < Operations(new Expected()), "the whole canvas is 4.6 windows of pixels");
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void A_saved_reader_reads_the_same_numbers_when_loaded(Read read)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var generator = new Generator(1);
        var path = Path.Combine(folder.Path, "reader.dat");
        var (saved, loaded) = (Make(read, generator), Make(read, generator));
        var images = Canvases(5).Images;
        Tensor Logits(CanvasReader reader)
        {
            using var same = new Generator(9);
            return reader.call(images, same).Logits;
        }

        Assert.False(Logits(saved).Equals(Logits(loaded)));
        saved.save(path);
        loaded.load(path);

        Assert.True(Logits(saved).Equals(Logits(loaded)));
    }

    [Fact]
    public void The_same_seed_makes_the_same_reader_and_every_weight_is_drawn()
    {
        using var scope = NewDisposeScope();
        CanvasReader Made(ulong seed)
        {
            using var generator = new Generator(seed);
            return Make(new Sampled(), generator);
        }

        var (first, second, other) = (Made(1).state_dict(), Made(1).state_dict(), Made(2).state_dict());

        Assert.All(first, pair => Assert.True(pair.Value.Equals(second[pair.Key])));
        Assert.All(first.Where(pair => pair.Value.dim() > 1), pair => Assert.False(pair.Value.Equals(other[pair.Key])));
        Assert.Contains(first.Keys, key => key.EndsWith("projectQuery.weight", StringComparison.Ordinal));
        Assert.All(first.Keys, key => Assert.Matches("^[A-Za-z0-9.]+$", key));
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void No_tensor_is_left_after_a_forward_and_a_backward_pass(Read read)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var reader = Make(read, generator);
        var images = Canvases(3).Images;
        void Pass()
        {
            var reading = reader.call(images, generator);
            (reading.Logits.square().sum() + (reading.Attended.LogProbability?.sum() ?? 0)).backward();
            reader.zero_grad();
        }

        Pass();

        var results = 2 + (read is Sampled ? 6 : read is MostLikely ? 4 : 3);
        Assert.Equal(results, LiveTensors.HandedOverBy(() => reader.call(images, generator)));
        Assert.Equal(0, LiveTensors.LeftBy(() => Enumerable.Range(0, 10).ToList().ForEach(_ => Pass())));
    }

    [Fact]
    public void Reading_in_another_way_puts_the_reader_s_own_read_back_even_after_an_error()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var own = new Expected();
        var reader = Make(own, generator);

        Assert.NotNull(reader.ReadAs(Canvases(2).Images, new MostLikely()).Attended.Choice);
        Assert.Same(own, reader.Attention.Read);
        Assert.Throws<ArgumentNullException>(() => reader.ReadAs(Canvases(2).Images, new Sampled()));
        Assert.Same(own, reader.Attention.Read);
    }

    [Fact]
    public void Canvases_of_another_size_and_a_missing_attention_are_errors_that_name_them()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var reader = Make(new Expected(), generator);

        Assert.StartsWith("canvases has shape [2, 1, 28, 28], expected [B, 1, 60, 60].", Assert.Throws<ArgumentException>(() => reader.forward(zeros(2, 1, 28, 28), null)).Message, StringComparison.Ordinal);
        Assert.Equal("attention", Assert.Throws<ArgumentNullException>(() => new CanvasReader(null!, generator)).ParamName);
    }

    [Fact]
    public void Scores_are_shares_over_all_canvases_whatever_the_batches()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var reader = Make(new Expected(), generator);
        // Two whole batches of the evaluation and a part of a third.
        var canvases = Canvases(611);

        var scores = CanvasScores.Of(reader, canvases, new MostLikely());

        var reading = reader.ReadAs(canvases.Images, new MostLikely());
        Assert.Equal(reading.Logits.argmax(-1).eq(canvases.Labels).to(float64).mean().ToDouble(), scores.Accuracy.Value, 3);
        Assert.Equal(PointingGame.CentreInside(reading.Attended.Weights, canvases.Boxes!.squeeze(1), reader.Windows).mean().ToSingle(), scores.Pointing.Value, 3);
        Assert.Equal(PointingGame.Touches(reading.Attended.Weights, canvases.Boxes!.squeeze(1), reader.Windows).mean().ToSingle(), scores.Touching.Value, 3);
        Assert.Equal(611, scores.Accuracy.Trials);
        Assert.Equal(0, LiveTensors.HandedOverBy(() => CanvasScores.Of(reader, canvases, new MostLikely())));
    }

    private static CanvasReader Make(Read read, Generator generator, int classes = 10) =>
        new(new Attention(new AdditiveScore(CanvasReader.QueryFeatures, CanvasReader.KeyFeatures, 8), new Softmax(), read), generator, classes);

    private static CanvasBatch Canvases(int count)
    {
        using var canvas = new DigitCanvas(Set);
        using var generator = new Generator(5);
        return canvas.Draw(count, generator);
    }

    /// <summary>Reads everything in both ways.</summary>
    private sealed class Spy : Read
    {
        public Tensor? All { get; private set; }

        public Tensor? OneByOne { get; private set; }

        public override AttentionResult Take(Locations locations, Values values, Generator? generator)
        {
            var (b, n) = (locations.Weights.shape[0], locations.Weights.shape[2]);
            All = Kept(values.All());
            OneByOne = Kept(cat([.. Enumerable.Range(0, (int)n).Select(i => values.At(full([b, 1], i, int64)))], 1));
            return new AttentionResult(All.narrow(1, 0, 1), locations);
        }

        // Out of the attention, the reader's look and the reader.
        private static Tensor Kept(Tensor tensor) => tensor.MoveToOuterDisposeScope().MoveToOuterDisposeScope().MoveToOuterDisposeScope();
    }
}
