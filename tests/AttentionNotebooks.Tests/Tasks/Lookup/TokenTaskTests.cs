using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class TokenTaskTests
{
    private static readonly TrainingOptions Short = new() { Steps = 2, BatchSize = 8, ReportEvery = 1 };

    [Fact]
    public void The_card_of_the_questions_key_holds_the_answer()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var batch = TokenBatch.Draw(200, tokens: 20, cards: 6, generator);

        Assert.Equal([200L, 20, TokenBatch.Features], batch.Tokens.shape);
        for (var b = 0; b < 200; b++)
        {
            var names = batch.At(b).Names();
            var (question, card) = ((int)batch.Question[b].ToInt64(), (int)batch.Card[b].ToInt64());
            var cards = names.Where(name => name.Contains(':', StringComparison.Ordinal)).ToArray();
            Assert.Single(names, name => name.StartsWith('?'));
            Assert.Equal(6, cards.Select(name => name.Split(':')[0]).Distinct(StringComparer.Ordinal).Count());
            Assert.Equal($"{names[question].TrimStart('?')}:{batch.Answer[b].ToInt64()}", names[card]);
        }
    }

    [Fact]
    public void The_question_knows_no_value_and_fillers_look_like_cards()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        var batch = TokenBatch.Draw(50, tokens: 12, cards: 3, generator);

        var ones = batch.Tokens.sum([-1]);

        Assert.True(ones.gather(1, batch.Question.unsqueeze(1)).eq(2).all().ToBoolean());
        Assert.Equal(50 * ((11 * 3) + 2), ones.sum().ToDouble());
    }

    [Fact]
    public void Pairs_are_those_of_a_head_with_another_dependent()
    {
        using var scope = NewDisposeScope();
        var (heads, dependents) = (tensor(new[] { true, true, false, false }).unsqueeze(0), tensor(new[] { false, true, true, true }).unsqueeze(0));
        var reading = new TokenReading(zeros(1, 8), new AttentionResult(zeros(1, 4, 1), Categorical.Of(zeros(1, 4, 4))), heads, dependents);
        TokenBatch Of(long question, long card) => new(zeros(1, 4, TokenBatch.Features), full([1], question, int64), full([1], card, int64), zeros(1, int64));

        Assert.Equal(5, reading.Pairs().ToSingle());
        Assert.Equal(1, reading.Kept(Of(0, 3)).ToSingle());
        Assert.Equal(0, reading.Kept(Of(2, 3)).ToSingle());
        Assert.Equal(0, reading.Kept(Of(1, 0)).ToSingle());
    }

    [Fact]
    public void Every_contender_learns_is_tested_and_leaves_nothing()
    {
        set_num_threads(1);
        using var scope = NewDisposeScope();
        using var task = new TokenTask(0, tokens: 12, cards: 3, testCount: 40);

        foreach (var contender in task.Contenders)
        {
            IReadOnlyList<TestResult> results = [];
            var left = LiveTensors.HandedOverBy(() =>
            {
                using var run = AttentionTask.Train(contender, 0, Short);
                results = AttentionTask.Test(run);
                Assert.Equal(12, TokenTask.Look(run, 1).Names.Count);
                foreach (var parameter in run.Model.Modules.SelectMany(module => module.parameters())) parameter.grad = null;
            });

            Assert.True(left == 0, $"{contender} left {left} tensors");
            Assert.All(results, result => Assert.All(task.Metrics, metric => Assert.InRange(result.Metrics[metric.Name], 0, 1)));
        }
    }

    [Fact]
    public void It_learns_to_relate_a_few_percent_of_the_pairs_and_answers()
    {
        set_num_threads(1);
        using var task = new TokenTask(0, tokens: 16, cards: 4, testCount: 500);
        using var run = AttentionTask.Train(task["hybrid, ReSA"], 0, task["hybrid, ReSA"].Options with { Steps = 300 });

        var metrics = AttentionTask.Test(run)[0].Metrics;
        var look = TokenTask.Look(run, 0);

        Assert.InRange(metrics["accuracy"], 0.9, 1);
        Assert.InRange(metrics["pairs related"], 0, 0.1);
        Assert.Equal(look.Heads.Count(x => x) * look.Dependents.Count(x => x) - look.Heads.Zip(look.Dependents).Count(both => both.First && both.Second), look.Related().Cast<float>().Sum());
    }
}
