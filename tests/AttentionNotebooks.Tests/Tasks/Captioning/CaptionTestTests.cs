using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class CaptionTestTests
{
    private static readonly SceneData Data = Scenes.Draw(seed: 1, trainCount: 40, testCount: 20);
    private static readonly Vocabulary Words = Vocabulary.Of(Data.Train.Scenes.SelectMany(scene => scene.Captions).Select(caption => caption.Words));

    [Fact]
    public void Pointing_counts_the_words_that_speak_of_an_object_and_no_others()
    {
        using var scope = NewDisposeScope();
        // “a red circle above …”: red looks at the circle, circle beside it, and no other word matters.
        var places = new WindowGrid(48, 8, 8);
        float[] circle = [8, 8, 16, 16];
        var boxes = zeros(1, 4, 4);
        boxes[0, 1] = tensor(circle);
        boxes[0, 2] = tensor(circle);
        var batch = new CaptionBatch(zeros(1, 3, 48, 48), full([1, 4], 5, int64), boxes, tensor(new[] { false, true, true, false }, [1, 4]));
        AttentionResult Look(long place) => new(zeros(1, 1, 2), Categorical.Of(nn.functional.one_hot(tensor(place), 36).to(float32).reshape(1, 1, 36)));

        var pointed = CaptionTest.PointsAt(new(zeros(1, 4, 9), [Look(0), Look(7), Look(8), Look(7)], zeros(1, 2)), batch, places);

        Assert.Equal([1f, 0], pointed.data<float>().ToArray());
    }

    [Fact]
    public void Pointing_asks_where_a_hard_look_went_and_not_what_its_weights_were()
    {
        using var scope = NewDisposeScope();
        var boxes = tensor(new float[] { 8, 8, 16, 16 }).reshape(1, 1, 4);
        var batch = new CaptionBatch(zeros(1, 3, 48, 48), full([1, 1], 5, int64), boxes, tensor(new[] { true }, [1, 1]));
        var likely = Categorical.Of(nn.functional.one_hot(tensor(7L), 36).to(float32).reshape(1, 1, 36) * 0.9 + 0.1 / 36);
        float Of(AttentionResult look) => CaptionTest.PointsAt(new(zeros(1, 1, 9), [look], zeros(1, 2)), batch, new(48, 8, 8)).ToSingle();

        Assert.Equal(1, Of(new AttentionResult(zeros(1, 1, 2), likely)));
        Assert.Equal(0, Of(new AttentionResult(zeros(1, 1, 2), likely) { Choice = tensor(20L).reshape(1, 1, 1) }));
        Assert.Equal(1, Of(new AttentionResult(zeros(1, 1, 2), likely) { Choice = tensor(7L).reshape(1, 1, 1) }));
    }

    [Fact]
    public void Every_true_caption_matches_and_one_with_another_word_does_not()
    {
        using var test = new CaptionTest(Data.Test, Words);
        var truths = Data.Test.Scenes.Select(scene => scene.TrueCaptions()[^1].Words).ToArray();
        var halves = truths.Select((words, i) => i % 2 == 0 ? words : [.. words, "red"]).ToArray();

        Assert.Equal(1, test.ExactMatch(truths));
        Assert.Equal(1, test.BleuOf(truths).Score);
        Assert.Equal(0.5, test.ExactMatch(halves));
        Assert.InRange(test.BleuOf(halves).Score, 0.5, 0.99);
    }

    [Fact]
    public void Looks_that_are_the_same_everywhere_point_as_chance_does()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var test = new CaptionTest(Data.Test, Words);
        var captioner = new Captioner(new Attention(new UniformScore(), new Softmax(), new Expected()), Words.Count, Scenes.Side, generator);
        var places = new WindowGrid(48, 8, 8);
        // Of each word's box, the share of the 36 places whose centre is inside.
        var chances = from scene in Data.Test.Scenes
                      from of in scene.Captions[0].SpeaksOf
                      where of != SceneCaption.Nothing
                      let box = scene.Objects[of].Box
                      select Enumerable.Range(0, 36).Count(n => places[n].Left + 4 >= box.Left && places[n].Left + 4 < box.Right && places[n].Top + 4 >= box.Top && places[n].Top + 4 < box.Bottom) / 36.0;

        Assert.Equal(chances.Average(), test.Pointing(captioner, null), 1e-6);
    }

    [Fact]
    public void Captions_are_in_the_vocabulary_and_tests_repeat()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var test = new CaptionTest(Data.Test, Words);
        var captioner = new Captioner(new Attention(new UniformScore(), new Softmax(), new Sampled()), Words.Count, Scenes.Side, generator);
        IReadOnlyList<IReadOnlyList<string>> Said()
        {
            using var same = new Generator(7);
            return test.Captions(captioner, 2, same);
        }

        var said = Said();

        Assert.Equal(Data.Test.Count, said.Count);
        Assert.Equal(said, Said());
        Assert.All(said.SelectMany(words => words).Where(word => word != "<unknown>"), word => Assert.NotEqual(Vocabulary.Unknown, Words.NumberOf(word)));
    }
}
