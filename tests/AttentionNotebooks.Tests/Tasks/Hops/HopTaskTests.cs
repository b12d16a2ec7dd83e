using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Chains by following them by hand; a reader with perfect weights; controls by what they must give.</summary>
public class HopTaskTests
{
    private static readonly HopCards Few = new(Longest: 3, Count: 6, Features: 8);
    private static readonly TrainingOptions Fast = new() { Steps = 200, LearningRate = 3e-2 };

    [Fact]
    public void Following_the_names_leads_to_the_answer_in_as_many_cards_as_it_says()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var cards = new HopCards();
        using var batch = cards.Draw(200, generator);
        var question = batch.Question();
        for (var b = 0; b < 200; b++)
        {
            var (name, read) = (question[b].narrow(0, 0, cards.Features), 0);
            Tensor card;
            do
            {
                // The card of that name: equal names have the greatest product.
                var at = batch.Names[b].matmul(name).argmax();
                Assert.Equal(batch.Path[b, read].item<long>(), at.item<long>());
                card = batch.Contents[b].index_select(0, at.reshape(1)).squeeze(0);
                name = card.narrow(0, 0, cards.Features);
                read++;
            }
            while (card.narrow(0, cards.Features, cards.Answers).sum().item<float>() == 0);

            Assert.Equal(batch.Length[b].item<long>(), read);
            Assert.Equal(batch.Answer[b].item<long>(), card.narrow(0, cards.Features, cards.Answers).argmax().item<long>());
            // An end names itself.
            Assert.Equal(batch.Path[b, read - 1].item<long>(), batch.Names[b].matmul(name).argmax().item<long>());
        }
    }

    [Fact]
    public void Lengths_are_spread_evenly_and_other_ends_lie_about()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        using var batch = new HopCards().Draw(10_000, generator);
        for (var length = 1; length <= 5; length++) Assert.InRange(batch.Length.eq(length).to(float64).mean().ToDouble(), 0.18, 0.22);
        var ends = batch.Contents.narrow(2, 8, 4).sum(new long[] { 1, 2 });
        Assert.True(ends.min().ToDouble() >= 2);
        Assert.True(batch.Names.square().sum(2).sub(8).abs().max().ToDouble() < 1e-4);
        Assert.Throws<ArgumentException>(() => new HopCards(Longest: 13).Draw(1, generator));
    }

    [Fact]
    public void A_PonderNet_learns_to_follow_and_to_stop_and_beats_its_looks_dealt_out_otherwise()
    {
        set_num_threads(1);
        using var task = new HopTask(Few, 0, mostLooks: 5, testCount: 1000);
        using var run = AttentionTask.Train(task.Pondering(0.9, 0.05), 0, Fast);

        var metrics = AttentionTask.TestAsUsual(run).Metrics;

        Assert.InRange(metrics["accuracy"], 0.75, 1);
        Assert.InRange(metrics["looks"], 1.2, 3);
        Assert.True(metrics[HopTask.LooksAt(3).Name] > metrics[HopTask.LooksAt(1).Name] + 0.5);
        Assert.True(metrics[HopTask.LeadOverChance.Name] > 3);
        Assert.Equal(100 * (metrics["accuracy"] - metrics[HopTask.Even.Name]), metrics[HopTask.Lead.Name], 9);
        var groups = task.ByLength(run);
        Assert.Equal([1, 2, 3], groups.Select(group => group.Length));
        Assert.Equal(metrics["accuracy"], groups.Sum(group => group.Accuracy.Value * group.Accuracy.Trials) / task.TestCount, 9);
        Assert.Equal(metrics["looks"], groups.Sum(group => group.Steps * group.Accuracy.Trials) / task.TestCount, 9);
    }

    [Fact]
    public void Fixed_looks_answer_what_they_reach_and_guess_the_rest()
    {
        set_num_threads(1);
        using var task = new HopTask(Few, 0, mostLooks: 5, testCount: 1000);
        using var run = AttentionTask.Train(task.Fixed(2, everyLook: true), 0, Fast);

        var metrics = AttentionTask.TestAsUsual(run).Metrics;

        Assert.Equal(2, metrics["looks"]);
        Assert.InRange(metrics[HopTask.RightAt(2).Name], 0.9, 1);
        Assert.InRange(metrics[HopTask.RightAt(3).Name], 0.1, 0.55);
        Assert.True(double.IsNaN(metrics[HopTask.Lead.Name]));
        Assert.Throws<ArgumentException>(() => task.Halting(run));
    }

    [Fact]
    public void Pictures_have_weights_that_sum_to_one()
    {
        using var task = new HopTask(Few, 0, mostLooks: 5, testCount: 300);
        using var run = AttentionTask.Train(task.Pondering(), 0, Fast with { Steps = 2 });

        var (weights, halting) = task.Looks(run, 3);
        var when = task.Halting(run);

        Assert.Equal((5, 6), (weights.GetLength(0), weights.GetLength(1)));
        for (var n = 0; n < 5; n++) Assert.Equal(1, Enumerable.Range(0, 6).Sum(card => weights[n, card]), 1e-5);
        Assert.Equal(1, halting.Sum(), 1e-5);
        for (var length = 0; length < 3; length++) Assert.Equal(1, Enumerable.Range(0, 5).Sum(n => when[length, n]), 1e-5);
    }

    [Fact]
    public void Adaptive_computation_trains_too_the_same_seed_gives_the_same_and_nothing_is_left_behind()
    {
        set_num_threads(1);
        using var task = new HopTask(Few, 0, mostLooks: 4, testCount: 100);
        double Once(Contender who)
        {
            using var run = AttentionTask.Train(who, 3, Fast with { Steps = 4 });
            return AttentionTask.Test(run).Sum(result => result.Metrics["looks"] + result.Metrics["accuracy"]);
        }

        foreach (var who in new[] { task.Adaptive(), task.Pondering(), task.Fixed(2, everyLook: false) })
        {
            Assert.Equal(Once(who), Once(who));
            Assert.Equal(0, LiveTensors.LeftBy(() => Once(who)));
        }
    }
}
