using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class CaptionerTests
{
    private static readonly SceneData Data = Scenes.Draw(seed: 1, trainCount: 40, testCount: 4);
    private static readonly Vocabulary Words = Vocabulary.Of(Data.Train.Scenes.SelectMany(scene => scene.Captions).Select(caption => caption.Words));

    public static TheoryData<Read> Reads => [new Expected(), new MostLikely(), new Sampled(), new StraightThrough(), new Mixed()];

    [Theory]
    [MemberData(nameof(Reads))]
    public void A_captioning_has_its_shapes_and_a_look_for_every_word(Read read)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var (captioner, batch) = (Make(read), Batch(3));
        var (b, t) = (batch.Captions.shape[0], batch.Captions.shape[1]);

        var captioning = captioner.call(batch.Pictures, batch.Captions, generator);

        Assert.Equal([b, t, Words.Count], captioning.Logits.shape);
        Assert.Equal(t, captioning.Looks.Count);
        Assert.Equal([b, t, 36], captioning.Weights().shape);
        Assert.Equal([b, t, Captioner.QueryFeatures], captioning.Known.shape);
        Assert.False(captioning.Known.requires_grad);
        Assert.True(captioning.LookedAt().sum([-1L]).allclose(ones(b, t)));
        Assert.Equal(read is not Expected and not Mixed, captioning.LookedAt().amax([-1]).isclose(tensor(1f)).all().ToBoolean());
        var outcome = captioning.Outcome(batch.Captions, new DoublyStochasticPenalty(0.1));
        Assert.Equal([b, t], outcome.Losses.shape);
        Assert.Equal(read is Sampled or Mixed, outcome.LogProbability is not null);
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void What_follows_the_end_does_not_matter(Read read)
    {
        using var scope = NewDisposeScope();
        var (captioner, batch) = (Make(read), Batch(4));
        Outcome Of(Tensor captions)
        {
            using var generator = new Generator(1);
            return captioner.call(batch.Pictures, captions, generator).Outcome(captions, new DoublyStochasticPenalty(0.1));
        }

        var (short_, long_) = (Of(batch.Captions), Of(nn.functional.pad(batch.Captions, [0, 3], value: Vocabulary.Padding)));

        Assert.True(batch.Captions.eq(Vocabulary.Padding).any().ToBoolean());
        Assert.True(short_.Losses.sum([-1L]).allclose(long_.Losses.sum([-1L])));
        Assert.True(short_.Costs!.allclose(long_.Costs!.narrow(1, 0, short_.Costs!.shape[1])));
        if (short_.LogProbability is null) return;
        Assert.True(short_.LogProbability.sum([-1L]).allclose(long_.LogProbability!.sum([-1L])));
        Assert.True(short_.Entropy!.sum([-1L]).allclose(long_.Entropy!.sum([-1L])));
        Assert.Equal(0, long_.LogProbability.masked_select(nn.functional.pad(batch.Captions, [0, 3], value: Vocabulary.Padding).eq(Vocabulary.Padding)).abs().sum().ToSingle());
    }

    [Fact]
    public void A_word_is_said_without_knowing_it_or_those_after_it()
    {
        using var scope = NewDisposeScope();
        var (captioner, batch) = (Make(new Expected()), Batch(4));
        var changed = batch.Captions.clone();
        changed.narrow(1, 4, changed.shape[1] - 4).fill_(Vocabulary.Unknown);

        var (one, other) = (captioner.call(batch.Pictures, batch.Captions, null).Logits, captioner.call(batch.Pictures, changed, null).Logits);

        Assert.True(one.narrow(1, 0, 5).Equals(other.narrow(1, 0, 5)));
        Assert.False(one.select(1, 5).allclose(other.select(1, 5)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_it_says_by_itself_is_as_likely_as_when_it_is_given_what_to_say(int width)
    {
        using var scope = NewDisposeScope();
        var (captioner, batch) = (Make(new Expected()), Batch(4));

        var said = captioner.Say(batch.Pictures, new BeamSearch(width, 12), null);
        var captioning = captioner.call(batch.Pictures, said.Tokens, null);

        Assert.True(captioning.Losses(said.Tokens).sum([-1L]).to(float64).allclose(-said.LogProbability, 1e-4, 1e-5));
        var real = said.Tokens.ne(Vocabulary.Padding).unsqueeze(-1);
        Assert.True((captioning.LookedAt() * real).allclose(said.Attended!, 1e-4, 1e-6));
        if (width == 1) Assert.True(captioning.Logits.argmax(-1).masked_select(real.squeeze(-1)).narrow(0, 0, 5).Equals(said.Tokens.masked_select(real.squeeze(-1)).narrow(0, 0, 5)));
    }

    [Fact]
    public void The_loss_is_that_of_the_words_and_of_where_it_looked()
    {
        using var scope = NewDisposeScope();
        var (captioner, batch) = (Make(new Expected()), Batch(2));
        var captioning = captioner.call(batch.Pictures, batch.Captions, null);
        var (log, weights) = (nn.functional.log_softmax(captioning.Logits, -1), captioning.Weights());

        var outcome = captioning.Outcome(batch.Captions, new DoublyStochasticPenalty(0.5));
        var losses = outcome.Losses.sum([1L]);

        for (var i = 0; i < 2; i++)
        {
            var (expected, looked) = (0.0, new double[36]);
            for (var t = 0; t < batch.Captions.shape[1] && batch.Captions[i, t].ToInt64() != Vocabulary.Padding; t++)
            {
                expected -= log[i, t, batch.Captions[i, t].ToInt64()].ToSingle();
                for (var n = 0; n < 36; n++) looked[n] += weights[i, t, n].ToSingle();
            }

            expected += 0.5 * looked.Sum(each => (1 - each) * (1 - each));
            Assert.Equal(expected, losses[i].ToSingle(), 1e-3);
            // The first look is judged by the whole caption, the second by all but the first word.
            Assert.Equal(expected, outcome.Costs![i, 0].ToSingle(), 1e-3);
            Assert.Equal(expected + log[i, 0, batch.Captions[i, 0].ToInt64()].ToSingle(), outcome.Costs[i, 1].ToSingle(), 1e-3);
        }
    }

    [Fact]
    public void A_blind_captioner_says_the_same_of_every_picture_and_another_does_not()
    {
        using var scope = NewDisposeScope();
        var batch = Batch(2);
        var captions = batch.Captions.narrow(0, 0, 1).expand(2, -1);
        bool SaysTheSame(bool blind)
        {
            var captioner = Make(new Expected(), blind: blind);
            captioner.eval();
            var logits = captioner.call(batch.Pictures, captions, null).Logits;
            return logits[0].allclose(logits[1], 1e-3, 1e-4);
        }

        Assert.True(SaysTheSame(blind: true));
        Assert.False(SaysTheSame(blind: false));
    }

    [Fact]
    public void What_lies_in_a_square_is_in_the_annotation_of_its_place_and_in_no_other()
    {
        using var scope = NewDisposeScope();
        var encoder = Encoder();
        var ground = encoder.call(Marked());
        for (var n = 0; n < encoder.Places.Count; n++)
        {
            var change = (encoder.call(Marked((encoder.Places[n], -1))) - ground).abs().sum([-1L]).squeeze(0);
            Assert.True(change[n].ToSingle() > 1e-3);
            Assert.Equal(change[n].ToSingle(), change.sum().ToSingle());
        }
    }

    [Fact]
    public void The_mean_over_all_places_does_not_tell_what_lies_where_and_each_place_does()
    {
        using var scope = NewDisposeScope();
        var encoder = Encoder();
        var places = Enumerable.Range(0, encoder.Places.Count).Select(n => encoder.Places[n]).ToArray();
        // A small object anywhere, a large one off the edge.
        foreach (var (beyond, boxes) in ((float, Box[])[])[(-1, places), (1, [.. places.Where(box => box is { Left: > 0, Top: > 0, Right: < 48, Bottom: < 48 })])])
        {
            var annotations = boxes.Select(box => encoder.call(Marked((box, beyond)))).ToArray();
            Assert.All(annotations, each => Assert.True(each.mean([1]).allclose(annotations[0].mean([1]), 1e-4, 1e-5)));
        }

        // Right of and below each line between two squares, or not: sums of them are column and row.
        var (where, line) = (encoder.call(Marked()).narrow(2, 8, 10).squeeze(0), linspace(-5, 5, 6));
        Assert.True(where.narrow(1, 0, 5).sum([1]).allclose(line.repeat(6)));
        Assert.True(where.narrow(1, 5, 5).sum([1]).allclose(line.repeat_interleave(6)));
        Assert.True(where.mean([0]).allclose(encoder.call(rand(1, 3, 48, 48)).narrow(2, 8, 10).mean([0, 1])));
    }

    [Fact]
    public void The_same_seed_makes_the_same_captioner_and_every_weight_is_drawn()
    {
        using var scope = NewDisposeScope();
        var (first, second, other) = (Make(new Sampled(), 1).state_dict(), Make(new Sampled(), 1).state_dict(), Make(new Sampled(), 2).state_dict());

        Assert.All(first, pair => Assert.True(pair.Value.Equals(second[pair.Key])));
        Assert.All(first.Where(pair => pair.Value.dim() > 1 && !pair.Key.EndsWith("coordinates", StringComparison.Ordinal)), pair => Assert.False(pair.Value.Equals(other[pair.Key])));
        Assert.All(first.Keys, key => Assert.Matches("^[A-Za-z0-9._]+$", key));
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void No_tensor_is_left_after_training_and_saying(Read read)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var (captioner, batch) = (Make(read), Batch(3));
        void Pass()
        {
            var outcome = captioner.call(batch.Pictures, batch.Captions, generator).Outcome(batch.Captions, new DoublyStochasticPenalty(0.1));
            (outcome.Losses.sum() + (outcome.LogProbability?.sum() ?? 0)).backward();
            captioner.zero_grad();
        }

        Pass();

        Assert.Equal(0, LiveTensors.LeftBy(() => Enumerable.Range(0, 3).ToList().ForEach(_ => Pass())));
        Assert.Equal(5, LiveTensors.HandedOverBy(() => captioner.Say(batch.Pictures, new BeamSearch(2, 12), generator)));
    }

    private static Captioner Make(Read read, ulong seed = 1, bool blind = false)
    {
        using var generator = new Generator(seed);
        return new(new Attention(new AdditiveScore(Captioner.QueryFeatures, Captioner.KeyFeatures, 8), new Softmax(), read), Words.Count, Scenes.Side, generator, blind);
    }

    private static SceneEncoder Encoder()
    {
        using var generator = new Generator(1);
        var encoder = new SceneEncoder(48, 8, generator);
        encoder.eval();
        return encoder;
    }

    // Grey, with a mark in a square and so many pixels beyond it.
    private static Tensor Marked(params (Box Square, float Beyond)[] marks)
    {
        var picture = full([1, 3, 48, 48], 0.45f);
        foreach (var ((left, top, right, bottom), beyond) in marks)
            picture.narrow(2, (long)(top - beyond), (long)(bottom - top + 2 * beyond)).narrow(3, (long)(left - beyond), (long)(right - left + 2 * beyond)).select(1, 0).fill_(1);
        return picture;
    }

    private static CaptionBatch Batch(int count)
    {
        using var scenes = new CaptionedScenes(Data.Train, Words);
        return scenes.Slice(0, count);
    }
}
