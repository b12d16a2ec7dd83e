using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class LookupTaskTests
{
    private static readonly TrainingOptions Fast = new() { Steps = 250, LearningRate = 3e-2 };

    // 20,000 tables: a standard error of 0.35 % at most.
    [Theory]
    [InlineData(0, 8, 8)]
    [InlineData(45, 8, 8)]
    [InlineData(70, 4, 5)]
    [InlineData(90, 8, 8)]
    [InlineData(120, 2, 3)]
    public void The_dot_product_points_as_often_as_its_formula_says(double degrees, int features, int count)
    {
        var cards = new TurnedCards(degrees, features, count);

        Assert.InRange(Pointing(cards), cards.DotPointing - 0.012, cards.DotPointing + 0.012);
    }

    [Theory]
    [InlineData(0.3, 8, 8)]
    [InlineData(1.0, 8, 8)]
    [InlineData(1.5, 3, 5)]
    [InlineData(4.0, 2, 4)]
    public void With_noise_it_points_as_often_as_its_formula_says(double noise, int features, int count)
    {
        var cards = new NoisyCards(noise, features, count);

        Assert.InRange(Pointing(cards), cards.DotPointing - 0.012, cards.DotPointing + 0.012);
    }

    // Nothing beats the posterior softmax(q·k / σ²) under the squared error; dot scores can be made as loud.
    [Fact]
    public void With_much_noise_a_learned_alpha_goes_down_and_with_little_it_goes_up()
    {
        set_num_threads(1);
        double Reached(double noise)
        {
            using var task = new LookupTask(new NoisyCards(noise), 0, testCount: 1000);
            var learned = Mechanisms.Soft with { Distribution = () => new AlphaEntmax(1.5, learned: true), Modes = [new Expected()] };
            using var run = AttentionTask.Train(task.With(learned, () => new DotScore()), 0, Fast with { Steps = 80, LearningRate = 5e-2 });
            Assert.Equal(run.History[LookupTask.Alpha.Name].Length, run.History.Points.Count);
            return AttentionTask.TestAsUsual(run).Metrics[LookupTask.Alpha.Name];
        }

        Assert.InRange(Reached(0.3), 1.55, 2);
        Assert.InRange(Reached(1.5), 1, 1.4);
    }

    [Fact]
    public void At_right_angles_it_is_right_only_if_all_others_are_below_zero() =>
        Assert.Equal(Math.Pow(2, -7), new TurnedCards(90).DotPointing, 9);

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public void A_product_of_numbers_points_at_an_end(int count)
    {
        var cards = new NumberCards(count);

        Assert.InRange(Pointing(cards), cards.DotPointing - 0.012, cards.DotPointing + 0.012);
    }

    [Fact]
    public void A_turned_query_is_as_long_as_its_key_and_at_the_angle()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var cards = new TurnedCards(30, 6, 4);
        var keys = cards.Keys(50, generator).narrow(1, 0, 1);

        var query = cards.Ask(keys, generator);

        var lengths = keys.square().sum(-1);
        Assert.True(query.square().sum(-1).allclose(lengths, 1e-5, 1e-6));
        Assert.True((query * keys).sum(-1).allclose(lengths * Math.Cos(Math.PI / 6), 1e-5, 1e-5));
        Assert.Throws<ArgumentException>(() => new TurnedCards(30, 3).Ask(zeros(1, 1, 3), generator));
    }

    [Fact]
    public void At_right_angles_a_matrix_finds_what_the_dot_product_cannot_and_a_bias_is_worth_half()
    {
        set_num_threads(1);
        using var task = new LookupTask(new TurnedCards(90), 0);
        double Reached(string name)
        {
            using var run = AttentionTask.Train(task[name], 0, Fast);
            return AttentionTask.Test(run)[0].Metrics["accuracy"];
        }

        Assert.InRange(Reached("general"), 0.9, 0.95);
        Assert.InRange(Reached("dot"), 0, 0.03);
        Assert.InRange(Reached("concat"), 0.2, 0.5);
        Assert.InRange(Reached("additive"), 0.99, 1);
        Assert.Equal(1.0 / 8, Reached("control, plain average"), 6);
    }

    [Fact]
    public void Layers_before_the_dot_product_turn_as_well_as_a_matrix_in_it()
    {
        set_num_threads(1);
        using var task = new LookupTask(new TurnedCards(90, 16), 0, encoded: true);
        using var run = AttentionTask.Train(task["scaled dot"], 0, Fast with { LearningRate = 1e-2 });

        Assert.InRange(AttentionTask.Test(run)[0].Metrics["accuracy"], 0.9, 1);
    }

    [Fact]
    public void Other_mechanisms_fit_and_a_hard_one_learns_too()
    {
        set_num_threads(1);
        using var task = new LookupTask(new TurnedCards(0), 0, loudness: 0.25);
        var hard = task.With(Mechanisms.LeftOneOut, () => new GeneralScore(8, 8));

        using var run = AttentionTask.Train(hard, 0, Fast with { Steps = 400 });
        var results = AttentionTask.Test(run);

        Assert.Equal(["MostLikely", "Sampled", "Expected"], results.Select(result => result.Mode));
        Assert.InRange(results[0].Metrics["accuracy"], 0.7, 1);
    }

    [Fact]
    public void What_is_weighed_and_how_undecided_is_measured()
    {
        using var task = new LookupTask(new TurnedCards(0), 0);
        var sparse = task.With(Mechanisms.Soft with { Name = "sparsemax", Distribution = () => new Sparsemax() }, () => new DotScore());
        IReadOnlyDictionary<string, double> Tested(Contender contender)
        {
            using var run = AttentionTask.Train(contender, 0, Fast with { Steps = 1 });
            return AttentionTask.Test(run)[0].Metrics;
        }

        var (plain, few) = (Tested(task["control, plain average"]), Tested(sparse));

        Assert.Equal(8, plain["cards weighed"]);
        Assert.Equal(Math.Log(8), plain["entropy"], 5);
        Assert.Equal(1 - 1.0 / 8, plain["squared error"], 5);
        Assert.InRange(few["cards weighed"], 1, 2);
        Assert.Equal(task.Metrics.Select(metric => metric.Name).Order(), few.Keys.Order());
    }

    [Fact]
    public void The_same_seed_gives_the_same_results_and_nothing_is_left_behind()
    {
        set_num_threads(1);
        using var task = new LookupTask(new TurnedCards(90), 0, testCount: 100);
        double Once()
        {
            using var run = AttentionTask.Train(task["additive"], 3, Fast with { Steps = 5 });
            return AttentionTask.Test(run)[0].Metrics["squared error"];
        }

        Assert.Equal(Once(), Once());
        Assert.Equal(0, LiveTensors.LeftBy(() => Once()));
    }

    private static double Pointing(LookupCards cards)
    {
        using var scope = NewDisposeScope();
        using var task = new LookupTask(cards, 5, testCount: 20_000);
        var tables = task.TestTables;
        return new DotScore().call(tables.Query, tables.Keys).argmax(-1).squeeze(1).eq(tables.Wanted).to(float64).mean().ToDouble();
    }
}
