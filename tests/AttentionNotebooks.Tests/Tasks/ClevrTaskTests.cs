using static TorchSharp.torch;

namespace AttentionNotebooks;

public class ClevrTaskTests
{
    private static readonly SortOfClevrData Data = SortOfClevr.Draw(seed: 5, trainCount: 30, testCount: 60);
    private static readonly TrainingOptions Short = new() { Steps = 3, BatchSize = 4, ReportEvery = 1 };

    [Fact]
    public void Every_contender_trains_and_is_tested_in_each_of_its_modes_on_every_metric()
    {
        using var task = new ClevrTask(Data);

        Assert.Equal(task.Contenders.Count, task.Contenders.Select(contender => contender.Name).Distinct(StringComparer.Ordinal).Count());
        foreach (var contender in task.Contenders)
        {
            using var run = AttentionTask.Train(contender, seed: 1, Short);
            var results = AttentionTask.Test(run);
            Assert.Equal(Math.Max(1, contender.Modes.Count), results.Count);
            foreach (var result in results)
            {
                Assert.All(task.Metrics, metric => Assert.Contains(metric.Name, result.Metrics.Keys));
                Assert.All(result.Metrics, metric => Assert.True(metric.Value is >= 0 and <= 1 || (metric.Key == "pointing" && contender.Modes.Count == 0), $"{contender}: {metric}"));
            }
        }
    }

    [Fact]
    public void A_test_counts_every_question_once_whatever_the_batches()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var train = new ClevrExamples(Data.Train);
        using var test = new ClevrExamples(Data.Test);
        var reader = new ClevrReader(new Attention(new ScaledDotScore(), new Softmax(), new Expected()), generator);
        using var model = new ClevrTaskModel(reader, new Reinforce(), train, test);

        // A whole batch and a part of another.
        var scores = model.Test(new MostLikely(), generator);

        var batch = test.Batch(arange(60, int64));
        var reading = reader.ReadAs(new MostLikely(), () => reader.call(batch.Images, batch.Questions, null));
        var answers = reading.Logits.argmax(-1).data<long>().ToArray();
        var looks = reading.Hops.Select(hop => hop.Weights.argmax(-1).data<long>().ToArray()).ToArray();
        var asked = Data.Test.SelectMany(scene => scene.Questions.Select(question => (Scene: scene, Question: question, Answer: scene.Answer(question)))).ToArray();
        double Share(Func<ClevrQuestion, bool> which, Func<int, bool> hit) =>
            Enumerable.Range(0, asked.Length).Where(i => which(asked[i].Question)).Average(i => hit(i) ? 1.0 : 0);
        bool Right(int i) => answers[i] == asked[i].Answer.Index;
        bool Points(int i, int hop, int one)
        {
            var (row, column) = Math.DivRem(looks[hop][i], 9);
            var box = asked[i].Scene.Objects[one].Box;
            return 9 * column + 1 >= box.Left && 9 * column + 1 < box.Right && 9 * row + 1 >= box.Top && 9 * row + 1 < box.Bottom;
        }

        Assert.Equal(Share(question => question.IsRelational, Right), scores["relational"], 6);
        Assert.Equal(Share(question => !question.IsRelational, Right), scores["non-relational"], 6);
        Assert.Equal(Share(question => question.Kind == ClevrQuestionKind.Furthest, Right), scores["furthest"], 6);
        Assert.Equal(Share(_ => true, i => Points(i, 0, asked[i].Question.Colour)), scores["pointing"], 6);
        Assert.Equal(Share(question => question.Kind is ClevrQuestionKind.Closest or ClevrQuestionKind.Furthest, i => Points(i, 1, asked[i].Answer.Decides!.Value)), scores["second pointing"], 6);
    }

    [Fact]
    public void A_choice_is_judged_by_the_loss_of_its_own_question()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var train = new ClevrExamples(Data.Train);
        var reader = new ClevrReader(new Attention(new ScaledDotScore(), new Softmax(), new Sampled()), generator);
        var spy = new Spy();
        using var model = new ClevrTaskModel(reader, spy, train, train);

        model.Step(new TrainingMoment(1, 1, 6, generator));

        Assert.Equal([120L], spy.Outcome!.Losses.shape);
        Assert.Equal([120L, 2], spy.Outcome.LogProbability!.shape);
        Assert.Equal([120L, 2], spy.Outcome.Entropy!.shape);
        Assert.Equal([120L, ClevrReader.KnownFeatures], spy.Outcome.Features!.shape);
    }

    [Theory]
    [InlineData("hard, REINFORCE")]
    [InlineData("hybrid, relations of 24 places")]
    public void The_same_seed_gives_the_same_numbers_also_when_the_run_was_broken_off(string name)
    {
        using var task = new ClevrTask(Data);
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "run.ckpt");
        var options = Short with { Steps = 10, CheckpointEvery = 1 };
        double[] Losses(TaskRun run) => [.. run.History.Points.Select(point => point.Metrics["loss"])];

        using var whole = AttentionTask.Train(task[name], seed: 2, options);
        using var cancel = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => AttentionTask.Train(task[name], seed: 2, options with { Checkpoint = file }, history => { if (history.Points.Count == 6) cancel.Cancel(); }, cancel.Token));
        using var resumed = AttentionTask.Train(task[name], seed: 2, options with { Checkpoint = file });

        Assert.Equal(Losses(whole), Losses(resumed));
        Assert.Equal(AttentionTask.Test(whole).Select(result => result.Metrics["relational"]), AttentionTask.Test(resumed).Select(result => result.Metrics["relational"]));
    }

    [Theory]
    [InlineData("soft")]
    [InlineData("hard, leave-one-out")]
    [InlineData("hybrid, relations of 24 places")]
    [InlineData("CNN+MLP")]
    public void No_tensor_is_left_after_steps_and_tests(string name)
    {
        using var task = new ClevrTask(Data);
        using var run = AttentionTask.Train(task[name], seed: 1, Short);
        using var generator = new Generator(1);

        void StepAndTest()
        {
            using var scope = NewDisposeScope();
            run.Model.Step(new TrainingMoment(1, 1, 4, generator)).Loss.backward();
            _ = task[name].Modes is [var usual, ..] ? usual.Test(run.Model, generator) : run.Model.Test(null, generator);
        }

        StepAndTest();
        Assert.Equal(0, LiveTensors.LeftBy(() =>
        {
            for (var i = 0; i < 3; i++) StepAndTest();
        }));
    }

    private sealed class Spy() : GradientEstimator(nameof(Spy))
    {
        public Outcome? Outcome { get; private set; }

        public override Tensor Surrogate(Func<Read?, Outcome> run) => (Outcome = run(null)).Losses.mean();
    }
}
