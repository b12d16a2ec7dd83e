using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class TranslationTaskTests
{
    private static readonly TrainingOptions Few = new() { Steps = 2, BatchSize = 4, ReportEvery = 1, ValidateEvery = 2 };

    [Fact]
    public void Every_contender_trains_and_is_tested_in_all_its_modes_and_leaves_nothing()
    {
        using var task = new IsoTask(HumanToIso.Draw(0, 60, 6));
        Assert.Equal(task.Contenders.Count, task.Contenders.Select(contender => contender.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(3, task.Contenders.Reverse().TakeWhile(contender => contender.Role == Role.Control).Count());
        var left = LiveTensors.LeftBy(() =>
        {
            foreach (var contender in task.Contenders)
            {
                using var run = AttentionTask.Train(contender, 1, Few);
                var results = AttentionTask.Test(run);
                Assert.Equal(Math.Max(1, contender.Modes.Count), results.Count);
                Assert.All(results, result => Assert.Equal(task.Metrics.Select(metric => metric.Name), result.Metrics.Keys));
                Assert.All(results.SelectMany(result => result.Metrics.Values), value => Assert.InRange(value, 0, 1));
                Assert.Contains(IsoTask.Exact.Name, run.History.Points[^1].Metrics.Keys);
            }
        });
        Assert.Equal(0, left);
    }

    [Fact]
    public void Words_are_measured_by_BLEU_and_two_perplexities()
    {
        SentencePairs Sentences(int from, int count) => new("words", "de", "en", [.. Enumerable.Range(from, count).Select(i => new SentencePair($"Ein Haus, {i % 3} Türen.", $"A house, {i % 3} doors."))], "this test");
        using var task = new Multi30kTask(new(Sentences(0, 20), Sentences(20, 4), Sentences(24, 5), "for this test"));

        using var run = AttentionTask.Train(task["soft"], 1, Few);
        var metrics = AttentionTask.Test(run)[0].Metrics;

        Assert.DoesNotContain(task.Contenders, contender => contender.Name == Mechanisms.Marginal.Name);
        Assert.InRange(metrics[Multi30kTask.GreedyBleu.Name], 0, 1);
        Assert.InRange(metrics[Multi30kTask.BeamBleu.Name], 0, 1);
        // Of 11 words and the end some are likelier than others.
        Assert.InRange(metrics[Multi30kTask.ForcedPerplexity.Name], 1, 15);
        Assert.InRange(metrics[Multi30kTask.FreePerplexity.Name], 1, 40);
    }

    [Fact]
    public void Before_its_own_words_come_a_translator_is_trained_as_on_the_true_ones()
    {
        using var scope = NewDisposeScope();
        using var task = new IsoTask(HumanToIso.Draw(0, 60, 6));
        TrainingStep Step(bool ownWords, int step = 1)
        {
            var attention = new Attention(new DotScore(), new Softmax(), new Expected());
            var translator = new Translator(new LuongDecoder(attention, 12, 16), new TranslatorSize(12, 16), task.Pairs.SourceVocabulary.Count, task.Pairs.TargetVocabulary.Count, new Generator(1));
            return new TranslationModel(translator, new NoEstimator(), null, task, ownWords).Step(new TrainingMoment(step, 2, 8, new Generator(2)));
        }

        // The first step of a run has true words alone, the last its own.
        var (parallel, word) = (Step(ownWords: false), Step(ownWords: true));

        Assert.Equal(parallel.Metrics["loss"].ToDouble(), word.Metrics["loss"].ToDouble(), 4);
        Assert.Equal(parallel.Metrics["accuracy"].ToDouble(), word.Metrics["accuracy"].ToDouble(), 4);
        Assert.True(Math.Abs(parallel.Metrics["loss"].ToDouble() - Step(ownWords: true, step: 2).Metrics["loss"].ToDouble()) > 1e-4);
    }

    [Fact]
    public void Trained_on_its_own_words_a_translator_is_less_surprised_after_them()
    {
        // Half of the translations begin with a word more, and nothing tells which: whoever expects the other half is one word off from there on.
        SentencePairs Sentences(int from, int count) => new("words", "de", "en", [.. Enumerable.Range(from, count).Select(i => new SentencePair($"Ein Haus, {i / 2 % 3} Türen.", $"{(i % 2 == 0 ? "" : "oh ")}a house with {i / 2 % 3} doors."))], "this test");
        using var task = new PublishedTranslationTask(new(Sentences(0, 60), Sentences(60, 6), Sentences(66, 12), "for this test"));
        double Free(string name)
        {
            using var run = AttentionTask.Train(task[name], 1, Few with { Steps = 60, BatchSize = 12, LearningRate = 1e-2 });
            return AttentionTask.TestAsUsual(run).Metrics[Multi30kTask.FreePerplexity.Name];
        }

        var (own, forced) = (Free("soft, own words"), Free("soft, true words"));

        Assert.True(own < 0.7 * forced, $"{own}, {forced}");
        Assert.True(task["soft, own words"].Full.Steps > 5 * task["soft, own words"].Options.Steps);
    }

    [Fact]
    public void A_sentence_is_translated_with_where_the_translator_looked()
    {
        using var task = new IsoTask(HumanToIso.Draw(0, 60, 6));
        using var run = AttentionTask.Train(task["hard, REINFORCE"], 1, Few);
        var model = (TranslationModel)run.Model;
        var left = LiveTensors.LeftBy(() =>
        {
            using var generator = new Generator(1);
            var said = model.Translate("3 May 2011", mode: new MostLikely());

            Assert.Equal(["3", " ", "M", "a", "y", " ", "2", "0", "1", "1", "<end>"], said.Source);
            Assert.Equal("<end>", said.Target[^1]);
            Assert.Equal((said.Target.Count, 11), (said.Weights.GetLength(0), said.Weights.GetLength(1)));
            Assert.All(Enumerable.Range(0, said.Target.Count), t => Assert.Equal(1, Enumerable.Range(0, 11).Sum(n => said.Weights[t, n]), 0.0001f));
            Assert.NotNull(model.Translate("3 May 2011", new BeamSearch(3, 12), generator: generator));
        });
        Assert.Equal(0, left);
        Assert.IsType<Sampled>(model.Translator.Attention.Read);
    }

    [Fact]
    public void The_same_seed_is_the_same_run()
    {
        using var task = new IsoTask(HumanToIso.Draw(0, 60, 6));

        double[] Losses()
        {
            using var run = AttentionTask.Train(task["hard, leave-one-out"], 3, Few with { Steps = 3 });
            return [.. run.History["loss"]];
        }

        Assert.Equal(Losses(), Losses());
    }
}
