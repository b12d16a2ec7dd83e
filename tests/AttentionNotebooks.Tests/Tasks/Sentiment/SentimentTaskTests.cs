using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public sealed class SentimentTaskTests : IDisposable
{
    private static readonly TrainingOptions Short = new() { Steps = 200, BatchSize = 32, LearningRate = 6e-3, ReportEvery = 50 };

    private readonly SentimentTask task = new(TemplateReviews.Draw(0, 3_000, 500), SentimentProfile.Reviews);

    public void Dispose() => task.Dispose();

    [Fact]
    public void Words_are_numbered_from_the_training_sentences_alone_and_reasons_stay_at_their_words()
    {
        using var scope = NewDisposeScope();
        var training = new SentimentSet("a", ["no", "yes"], [Sentence("A good film", 1, "good"), Sentence("a bad FILM", 0, "bad")], "here");
        var test = new SentimentSet("b", ["no", "yes"], [Sentence("a film", 1, "film"), Sentence("good film a splendid film", 0, "splendid")], "here");
        var vocabulary = SentenceTensors.VocabularyOf(training, fewest: 2);
        using var tensors = new SentenceTensors(test, vocabulary);

        var batch = tensors.At(tensor([1L, 0]));
        var shorter = tensors.At(tensor([0L]));

        var (a, film) = (vocabulary.NumberOf("a"), vocabulary.NumberOf("film"));
        Assert.Equal(Vocabulary.Unknown + 3, vocabulary.Count);
        Assert.Equal([Vocabulary.Unknown, film, a, Vocabulary.Unknown, film, a, film, 0, 0, 0], batch.Words.data<long>().ToArray());
        Assert.Equal([true, true, true, true, true, true, true, false, false, false], batch.Mask.data<bool>().ToArray());
        Assert.Equal([false, false, false, true, false, false, true, false, false, false], batch.Reasons.data<bool>().ToArray());
        Assert.Equal([0L, 1], batch.Labels.data<long>().ToArray());
        Assert.Equal([1, 2], shorter.Words.shape);
        Assert.True(tensors.HasReasons);
    }

    [Fact]
    public void By_length_every_sentence_comes_once_and_the_short_ones_first()
    {
        using var scope = NewDisposeScope();

        var batches = task.TestSet.ByLength(64).ToArray();

        Assert.Equal(Enumerable.Range(0, 500).Select(i => (long)i), cat(batches).data<long>().ToArray().Order());
        var lengths = batches.Select(indices => task.TestSet.At(indices).Words.shape[1]).ToArray();
        Assert.Equal(lengths.Order(), lengths);
    }

    [Fact]
    public void Forgetting_makes_a_share_of_the_words_unknown_and_no_other_change()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var batch = task.TrainingSet.At(arange(2000, int64));

        var forgotten = batch.Forget(0.3, generator);

        var changed = forgotten.Words.ne(batch.Words);
        Assert.True(forgotten.Words.masked_select(changed).eq(Vocabulary.Unknown).all().ToBoolean());
        Assert.False(changed.masked_select(batch.Mask.logical_not()).any().ToBoolean());
        Assert.Equal(0.3, changed.sum().ToDouble() / batch.Mask.sum().ToDouble(), 0.01);
    }

    [Fact]
    public void Its_reasons_are_few_its_classes_even_and_its_controls_last()
    {
        Assert.InRange(task.ReasonShare, 0.05, 0.1);
        Assert.Equal(0.5, task.Majority);
        Assert.Equal(task.Contenders.Count, task.Contenders.Select(contender => contender.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(task.Contenders.OrderBy(contender => contender.Role == Role.Control).Select(contender => contender.Name), task.Contenders.Select(contender => contender.Name));
        Assert.Superset(Mechanisms.All.Select(mechanism => mechanism.Name).ToHashSet(StringComparer.Ordinal), task.Contenders.Select(contender => contender.Name).ToHashSet(StringComparer.Ordinal));
    }

    // Sentences without reasons and five classes, as in the treebank, and reviews: whatever runs in an experiment has run here before.
    [Theory]
    [InlineData(2, true)]
    [InlineData(5, false)]
    public void Every_contender_runs_in_every_mode_and_measures_what_can_be_measured(int classes, bool reasons)
    {
        set_num_threads(1);
        using var small = new SentimentTask(Small(classes, reasons), SentimentProfile.Treebank);
        foreach (var contender in small.Contenders)
        {
            using var run = AttentionTask.Train(contender, 0, Short with { Steps = 3, BatchSize = 8, ReportEvery = 1, ValidateEvery = 3 });
            Assert.All(run.History["loss"], loss => Assert.True(double.IsFinite(loss), contender.Name));
            var results = AttentionTask.Test(run);

            Assert.Equal(contender.Modes.Select(mode => mode.Name), results.Select(result => result.Mode));
            Assert.All(results, result => Assert.All(result.Metrics, metric =>
            {
                var measured = reasons || metric.Key is "accuracy" or "words read";
                Assert.True(measured ? metric.Value is >= 0 and <= 1 : double.IsNaN(metric.Value), $"{contender}, {result.Mode}: {metric.Key} is {metric.Value}");
            }));
        }
    }

    [Theory]
    [InlineData("soft")]
    [InlineData("hard, leave-one-out")]
    [InlineData("rationale, Bernoulli")]
    [InlineData("rationale, HardKuma")]
    public void Two_runs_of_one_seed_agree_bit_for_bit(string name)
    {
        using var scope = NewDisposeScope();
        set_num_threads(1);
        double[][] Results()
        {
            using var run = AttentionTask.Train(task[name], 3, Short with { Steps = 5, BatchSize = 8 });
            return [.. AttentionTask.Test(run).Select(result => result.Metrics.Values.ToArray()), run.History["loss"]];
        }

        Assert.Equal(Results(), Results());
    }

    // Whatever a step depends on is in a checkpoint: λ and the average of the rate too.
    [Fact]
    public void A_rationale_that_was_broken_off_goes_on_to_the_same_numbers()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        set_num_threads(1);
        var options = Short with { Steps = 8, BatchSize = 8, ReportEvery = 2, CheckpointEvery = 1 };
        using var whole = AttentionTask.Train(task["rationale, Bernoulli"], 1, options);
        using var cancellation = new CancellationTokenSource();
        var broken = options with { Checkpoint = Path.Combine(folder.Path, "run") };

        Assert.Throws<OperationCanceledException>(() => AttentionTask.Train(
            task["rationale, Bernoulli"], 1, broken, history => { if (history.Points.Count == 2) cancellation.Cancel(); }, cancellation.Token));
        using var resumed = AttentionTask.Train(task["rationale, Bernoulli"], 1, broken);

        Assert.Equal(whole.History["loss"], resumed.History["loss"]);
        Assert.Equal(whole.History["rate"], resumed.History["rate"]);
    }

    [Theory]
    [InlineData("soft")]
    [InlineData("hard, REINFORCE")]
    [InlineData("hard, exact marginal")]
    [InlineData("rationale, Bernoulli")]
    [InlineData("rationale, HardKuma")]
    public void Nothing_is_left_of_steps_and_tests(string name)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var run = AttentionTask.Train(task[name], 1, Short with { Steps = 2, BatchSize = 8 });
        var trainer = new Trainer(Short with { Steps = 4, BatchSize = 8, ReportEvery = 1 });
        var live = new List<long>();
        trainer.Run(run.Model, generator, _ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount));

        Assert.Single(live.Skip(1).Distinct());
        Assert.Equal(0, LiveTensors.HandedOverBy(() => run.Model.Test(new MostLikely(), generator)));
    }

    // Over the seeds 0 to 9: accuracy 63.0 to 100 % against 51.2 to 56.6 %, the smallest margin being 9 points; average precision 15.5 to 93.6 % against 6.9 %.
    // In seven of them most of the reasons are found; in three (seeds 4, 6 and 8: 16 to 29 %) the class is told by something else.
    [Fact]
    public void Attention_finds_the_reasons_that_an_average_of_words_cannot()
    {
        var options = Short with { Steps = 300, LearningRate = 4e-3 };

        var (soft, control) = (Trained("soft", options), Trained("control, plain average", options));

        Assert.True(soft["accuracy"] > control["accuracy"] + 0.05, $"accuracy {soft["accuracy"]}, control {control["accuracy"]}");
        Assert.True(soft["average precision"] > control["average precision"] + 0.05, $"average precision {soft["average precision"]}, control {control["average precision"]}");
    }

    // What is held is the expected rate, which a draw shows too. The likeliest gates agree with it only as far as they are decided, and in so short a run they are not.
    [Fact]
    public void A_rationale_meets_its_target_of_words()
    {
        using var aimed = new SentimentTask(TemplateReviews.Draw(0, 3_000, 500), SentimentProfile.Reviews with { Rate = 0.2 });
        using var run = AttentionTask.Train(aimed["rationale, HardKuma"], 0, Short with { Steps = 400, LearningRate = 3e-3 });

        Assert.InRange(run.History["rate"][^1], 0.15, 0.25);
        Assert.InRange(AttentionTask.Test(run).Single(result => result.Mode == nameof(Sampled)).Metrics["words read"], 0.15, 0.25);
    }

    private IReadOnlyDictionary<string, double> Trained(string name, TrainingOptions options)
    {
        using var run = AttentionTask.Train(task[name], 0, options);
        return AttentionTask.Test(run)[0].Metrics;
    }

    private static SentimentData Small(int classes, bool reasons)
    {
        var reviews = TemplateReviews.Draw(0, 60, 20);
        SentimentSet Of(SentimentSet set) => new("small", [.. Enumerable.Range(0, classes).Select(k => $"class {k}")],
            [.. set.Sentences.Select((sentence, i) => new LabelledSentence(sentence.Words, i % classes, reasons ? sentence.Reasons : null, []))], "here");
        return new(Of(reviews.Train), Of(reviews.Validation), Of(reviews.Test), "Small.");
    }

    private static LabelledSentence Sentence(string text, int label, string reason)
    {
        var words = text.Split(' ');
        return new(words, label, [.. words.Select(word => word == reason)], []);
    }
}
