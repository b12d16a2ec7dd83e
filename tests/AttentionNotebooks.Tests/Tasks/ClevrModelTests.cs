using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class ClevrModelTests
{
    private static readonly SortOfClevrData Data = SortOfClevr.Draw(seed: 3, trainCount: 40, testCount: 70);

    private static readonly string[] All = ["soft", "hard", "hybrid", "perceptron", "blind"];

    public static TheoryData<string> Kinds => [.. All];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_reading_has_its_shapes(string kind)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var batch = Batch(3);

        var reading = Make(kind, generator).call(batch.Images, batch.Questions, generator);

        Assert.Equal([3L, 20, 10], reading.Logits.shape);
        Assert.Equal([3L, 20], reading.Known.shape[..2]);
        Assert.False(reading.Known.requires_grad);
        Assert.Equal(kind switch { "soft" or "hard" => 2, "hybrid" => 1, _ => 0 }, reading.Hops.Count);
        foreach (var hop in reading.Hops)
        {
            Assert.Equal([3L, 20, 81], hop.Weights.shape);
            Assert.True(hop.Weights.sum(-1).allclose(ones(3, 20)));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_tensor_is_left_after_a_forward_and_a_backward_pass(string kind)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var model = Make(kind, generator);
        var batch = Batch(3);
        void Pass()
        {
            var reading = model.call(batch.Images, batch.Questions, generator);
            (reading.Logits.square().sum() + reading.Hops.Select(hop => hop.LogProbability?.sum() ?? 0).Aggregate(zeros(1), (sum, each) => sum + each)).backward();
            model.zero_grad();
        }

        Pass();

        var results = 2 + model.call(batch.Images, batch.Questions, generator).Hops.Sum(LiveTensors.Of);
        Assert.Equal(results, LiveTensors.HandedOverBy(() => model.call(batch.Images, batch.Questions, generator)));
        Assert.Equal(0, LiveTensors.LeftBy(() => Enumerable.Range(0, 5).ToList().ForEach(_ => Pass())));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Questions_about_one_picture_do_not_see_each_other(string kind)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var model = Make(kind, generator);
        var batch = Batch(4);
        Tensor Logits(Tensor questions) => model.ReadAs(kind is "hard" ? new MostLikely() : null, () => model.call(batch.Images, questions, generator).Logits);

        var (together, alone) = (Logits(batch.Questions), Logits(batch.Questions.narrow(1, 7, 1)));

        Assert.True(together.narrow(1, 7, 1).allclose(alone, 1e-4, 1e-5));
    }

    [Fact]
    public void The_second_glimpse_depends_on_what_the_first_one_saw()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var model = Make("hard", generator);
        var batch = Batch(1);
        var steps = batch.Questions.shape[1];

        var readings = new[] { 10L, 70L }.Select(place => model.ReadAs(new Chosen(full([1, steps, 1], place, int64)), () => model.call(batch.Images, batch.Questions, generator))).ToArray();

        Assert.True(readings[0].Hops[0].Weights.Equals(readings[1].Hops[0].Weights));
        Assert.False(readings[0].Hops[1].Weights.Equals(readings[1].Hops[1].Weights));
    }

    [Fact]
    public void The_hybrid_attends_to_the_chosen_places_only_and_with_all_of_them_chooses_nothing()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var batch = Batch(2);

        foreach (var (places, model) in new[] { 5, 81 }.Select(places => (places, new ClevrRelations(places, generator))))
        {
            var weights = model.call(batch.Images, batch.Questions, generator).Hops[0].Weights;
            Assert.Equal([.. Enumerable.Repeat((long)places, 2)], weights.amax([1L]).gt(0).sum(-1, type: int64).data<long>().ToArray());
        }
    }

    [Fact]
    public void Relations_of_the_chosen_cost_in_proportion_to_how_many_they_are()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var batch = Batch(1);
        long Operations(int places)
        {
            var model = new ClevrRelations(places, generator);
            using var counter = new FlopCounter(model);
            model.call(batch.Images, batch.Questions, generator);
            return counter.Count;
        }

        var (few, some, all) = (Operations(4), Operations(24), Operations(81));

        // 20 questions: 2 × 64² operations for each related place, 2 × 35 × 64 for it once, 2 × 35 × 32 for it as a key, and 2 × 20 × 32 for its scores.
        Assert.Equal((81 - 24) * (some - few), (24 - 4) * (all - some));
        Assert.True(all > 2 * some, $"{all} and {some} operations");
    }

    [Fact]
    public void A_blind_model_answers_alike_whatever_it_does_not_see()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var batch = Batch(5);
        Tensor Logits(ClevrModel model) => model.call(batch.Images, batch.Questions, generator).Logits;

        var (unasked, unseen) = (Logits(new ClevrPerceptron(generator, seesQuestion: false)), Logits(new ClevrPerceptron(generator, seesPicture: false)));

        Assert.True(unasked.Equals(unasked.narrow(1, 0, 1).expand_as(unasked)));
        Assert.False(unasked[0].Equals(unasked[1]));
        var (first, second) = (batch.Questions[0], batch.Questions[1]);
        var same = first.matmul(second.transpose(0, 1)).eq(3).nonzero()[0];
        Assert.True(unseen[0][same[0]].Equals(unseen[1][same[1]]));
        Assert.True(unseen[0].std([0L]).amax().ToSingle() > 0);
    }

    [Fact]
    public void The_same_seed_makes_the_same_model_and_every_weight_is_drawn()
    {
        using var scope = NewDisposeScope();
        foreach (var kind in All)
        {
            Dictionary<string, Tensor> Made(ulong seed)
            {
                using var generator = new Generator(seed);
                return Make(kind, generator).state_dict();
            }

            var (first, second, other) = (Made(1), Made(1), Made(2));
            Assert.All(first, pair => Assert.True(pair.Value.Equals(second[pair.Key])));
            Assert.All(first.Where(pair => pair.Key.EndsWith("weight", StringComparison.Ordinal)), pair => Assert.False(pair.Value.Equals(other[pair.Key])));
        }
    }

    [Fact]
    public void A_batch_is_the_scenes_pictures_codes_answers_and_boxes()
    {
        using var scope = NewDisposeScope();
        using var examples = new ClevrExamples(Data.Train);
        var batch = examples.Batch(tensor(new long[] { 7, 3 }));

        Assert.Equal([2L, 3, 75, 75], batch.Images.shape);
        foreach (var (row, scene) in new[] { (0, Data.Train[7]), (1, Data.Train[3]) })
        {
            var pixels = new byte[ClevrScene.PictureBytes];
            scene.Paint(pixels);
            Assert.Equal(pixels.Select(pixel => 255 - pixel), batch.Images[row].mul(255).round().to(int64).data<long>().ToArray().Select(ink => (int)ink));
            Assert.Equal(scene.Questions.Select(question => (long)scene.Answer(question).Index), batch.Answers[row].data<long>().ToArray());
            for (var i = 0; i < 20; i++)
            {
                var (asked, decides) = (scene.Objects[scene.Questions[i].Colour].Box, scene.Answer(scene.Questions[i]).Decides);
                Assert.Equal(Sides(asked), batch.Asked[row][i].data<float>().ToArray());
                Assert.Equal(Sides(decides is int one ? scene.Objects[one].Box : default), batch.Decisive[row][i].data<float>().ToArray());
                Assert.Equal(1, batch.Questions[row][i][scene.Questions[i].Colour].ToSingle());
            }
        }
    }

    [Fact]
    public void Some_place_s_middle_lies_in_the_box_of_every_object()
    {
        using var scope = NewDisposeScope();
        using var examples = new ClevrExamples(Data.Train);

        var reachable = PointingGame.CentreReachable(examples.Batch(arange(40, int64)).Asked.reshape(-1, 4), ClevrEye.Places);

        Assert.Equal(1, reachable.min().ToSingle());
    }

    [Fact]
    public void Every_pixel_around_a_place_that_is_not_of_the_background_makes_it_stand_out_as_much()
    {
        using var scope = NewDisposeScope();
        var pixels = new float[ClevrScene.PictureBytes];
        void Paint(int plane, int row, int column, float ink) => pixels[(plane * 75 + row) * 75 + column] = ink;
        // What is around the place of row 4 and column 6: nine pixels from 33 down and from 51 across.
        Paint(0, 33, 51, 0.1f);
        Paint(2, 41, 59, 1);
        // The first pixel of the next place, and the last of the picture, whose place sees six by six.
        Paint(1, 41, 60, 1);
        for (var plane = 0; plane < 3; plane++) Paint(plane, 74, 74, 1);

        var salience = ClevrRelations.Salience(tensor(pixels, [1, 3, 75, 75]))[0].mul(81).round().to(int64).data<long>().ToArray();

        Assert.Equal(new Dictionary<int, long> { [4 * 9 + 6] = 2, [4 * 9 + 7] = 1, [80] = 1 }, salience.Index().Where(place => place.Item != 0).ToDictionary());
    }

    [Fact]
    public void The_hybrid_chooses_a_place_of_every_object_whatever_its_colour()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var examples = new ClevrExamples(Data.Test);
        var batch = examples.Batch(arange(Data.Test.Count, int64));
        var chosen = ClevrRelations.Salience(batch.Images).topk(24, -1).indexes.unsqueeze(1);
        var boxes = tensor(Data.Test.SelectMany(scene => scene.Objects.SelectMany(one => Sides(one.Box))).ToArray()).reshape(-1, 4);
        var inside = stack([.. Enumerable.Range(0, 81).Select(place => PointingGame.Inside(tensor(new[] { 9f * (place % 9) + 1.5f, 9f * (place / 9) + 1.5f }), boxes))], 1).reshape(Data.Test.Count, 6, 81);

        var covered = inside.gather(2, chosen.expand(-1, 6, -1)).amax([2]).mean([0]);

        Assert.Equal(Enumerable.Repeat(1f, 6), covered.data<float>().ToArray());
    }

    [Fact]
    public void An_answer_depends_on_what_no_glimpse_saw()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var model = Make("hard", generator);
        var (batch, steps) = (Batch(1), 20);
        // A square far from where both glimpses look.
        var other = batch.Images.clone();
        other.narrow(2, 60, 15).narrow(3, 60, 15).fill_(1);
        Tensor Logits(Tensor images) => model.ReadAs(new Chosen(zeros(1, steps, 1, int64)), () => model.call(images, batch.Questions, generator).Logits);

        Assert.False(Logits(batch.Images).Equals(Logits(other)));
    }

    [Fact]
    public void A_place_sees_what_is_around_its_middle()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var eye = new ClevrEye();
        Initialization.Draw(eye, generator);
        var image = zeros(1, 3, 75, 75).requires_grad_();
        // Uneven, so that nothing is at the edge of a ReLU.
        (eye.call(image + rand([1, 3, 75, 75], generator: generator)).select(1, 4 * 9 + 6).narrow(-1, 0, ClevrEye.Channels).sum()).backward();

        var seen = image.grad!.abs().sum([0L, 1]).nonzero();
        var (first, last) = (seen.amin([0L]).data<long>().ToArray(), seen.amax([0L]).data<long>().ToArray());

        // The windows around the middles of row 4 and column 6: 36..39 and 54..57.
        Assert.Equal([37L - 7, 55 - 7], first);
        Assert.Equal([37L + 7, 55 + 7], last);
    }

    [Fact]
    public void Input_of_another_shape_is_an_error_that_names_it()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var model = Make("soft", generator);

        Assert.StartsWith("images has shape [2, 3, 60, 60]", Assert.Throws<ArgumentException>(() => model.call(zeros(2, 3, 60, 60), zeros(2, 20, 11), null)).Message, StringComparison.Ordinal);
        Assert.StartsWith("questions has shape [1, 20, 11]", Assert.Throws<ArgumentException>(() => model.call(zeros(2, 3, 75, 75), zeros(1, 20, 11), null)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClevrRelations(82, generator));
        Assert.Throws<ArgumentException>(() => new ClevrExamples([]));
    }

    private static ClevrModel Make(string kind, Generator generator) => kind switch
    {
        "soft" => new ClevrReader(new Attention(new ScaledDotScore(), new Softmax(), new Expected()), generator),
        "hard" => new ClevrReader(new Attention(new ScaledDotScore(), new Softmax(), new Sampled()), generator),
        "hybrid" => new ClevrRelations(8, generator),
        "perceptron" => new ClevrPerceptron(generator),
        _ => new ClevrPerceptron(generator, seesPicture: false),
    };

    private static float[] Sides(Box box) => [(float)box.Left, (float)box.Top, (float)box.Right, (float)box.Bottom];

    private static ClevrBatch Batch(int count)
    {
        using var examples = new ClevrExamples(Data.Test);
        return examples.Batch(arange(count, int64));
    }
}
