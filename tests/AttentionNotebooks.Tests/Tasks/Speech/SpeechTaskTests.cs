using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Every contender of both tasks on a handful of digits: it trains, it is tested in all its modes, and the same seed gives the same numbers.</summary>
public sealed class SpeechTaskTests : IDisposable
{
    private static readonly TrainingOptions Short = new() { Steps = 2, BatchSize = 4, ReportEvery = 1 };

    private readonly SpeechDigitsTask digits = SpeechDigitsTask.AsRecorded(Voices(), Short);
    private readonly SpeechStringsTask strings = new(new DigitStringData(Voices(), 1, 8, 5, 3), Short);

    public static TheoryData<string> Names
    {
        get
        {
            using var task = new SpeechTaskTests();
            return [.. task.digits.Contenders.Select(each => $"digits: {each}"), .. task.strings.Contenders.Select(each => $"strings: {each}")];
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_contender_trains_and_is_tested_and_the_same_seed_gives_the_same(string name)
    {
        AttentionTask task = name.StartsWith("digits", StringComparison.Ordinal) ? digits : strings;
        var contender = task[name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..]];

        var (first, again) = (Run(contender), Run(contender));

        Assert.Equal(contender.Modes.Count, first.Count);
        foreach (var (result, same) in first.Zip(again))
        {
            Assert.Equal(task.Metrics.Select(metric => metric.Name), result.Metrics.Keys);
            Assert.All(result.Metrics.Values, value => Assert.InRange(double.IsNaN(value) ? 0 : value, 0, 12));
            Assert.Equal(result.Metrics, same.Metrics);
        }
    }

    [Fact]
    public void Testing_leaves_the_model_as_it_was()
    {
        using var run = AttentionTask.Train(strings["hard, monotonic"], 1);
        var transcriber = run.Model.Modules.OfType<Transcriber>().Single();
        var read = transcriber.Attention.Read;

        Assert.Equal(0, LiveTensors.LeftBy(() => AttentionTask.Test(run)));

        Assert.Same(read, transcriber.Attention.Read);
        Assert.True(transcriber.training);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_spelt_shows_where_each_symbol_was_read(bool hard)
    {
        using var run = AttentionTask.Train(strings["soft"], 1);
        var set = strings.Data.Test;

        var spelt = SpeechStringsTask.Spell(run, set, hard ? new MostLikely() : null, 3, 0);

        Assert.Equal([set.Digits[3], set.Digits[0]], spelt.Select(each => each.Said));
        foreach (var (each, index) in spelt.Zip([3, 0]))
        {
            // 12 frames to a location; a row for the end, unless there was no room for it.
            Assert.Equal((12, (set.Features.Lengths[index].ToInt64() + 11) / 12), (each.Reduction, each.Locations));
            Assert.InRange(each.Steps - each.Spelt.Count, 0, 1);
            Assert.All(Enumerable.Range(0, each.Steps).Select(each.Row), row =>
            {
                Assert.Equal(1, row.Sum(), 1e-5);
                Assert.Equal(hard, row.Max() == 1);
            });
            Assert.Equal(each.Said.Count, each.Places.Count);
            Assert.All(each.Places, place => Assert.InRange(place.First, 0, place.End));
        }

        Assert.Equal(set.Count, SpeechStringsTask.Spell(run, set).Count);
        Assert.Equal(0, LiveTensors.LeftBy(() => SpeechStringsTask.Spell(run, set, null, 3, 0)));
    }

    [Fact]
    public void Who_always_says_the_same_digit_is_right_once_in_ten() => Assert.Equal(0.1, digits.Majority);

    [Fact]
    public void Strings_are_spelt_with_one_end_and_ends_after_it()
    {
        using var scope = NewDisposeScope();
        using var frames = new LogMel();
        DigitString[] said = [new(new float[400], [3, 1], [(0, 200), (200, 400)]), new(new float[900], [7, 7, 0], [(0, 300), (300, 600), (600, 900)]), new(new float[90], [9], [(0, 90)])];
        using var set = new DigitStringSet(said, frames);

        var (symbols, counts) = set.Targets(tensor(new long[] { 0, 2 }));

        Assert.Equal([2, 3], symbols.shape);
        Assert.Equal([3, 1, 10, 9, 10, 10], symbols.contiguous().data<long>().ToArray());
        Assert.Equal([3, 2], counts.data<long>().ToArray());
        Assert.Equal([2, 4], set.Targets(tensor(new long[] { 1, 0 })).Symbols.shape);
    }

    [Fact]
    public void Longer_strings_are_longer_than_any_trained_on_and_all_are_standardised_as_the_training_set_is()
    {
        using var scope = NewDisposeScope();
        using var data = new DigitStringData(Voices(), 1, 30, 20, 20);

        Assert.InRange(data.TestLonger.Digits.Min(each => each.Length), data.Train.Digits.Max(each => each.Length) + 1, 8);
        Assert.Same(data.Train.Statistics, data.Test.Statistics);
        Assert.True(data.Train.Features.Statistics().Mean.abs().max().ToDouble() < 1e-4);
        Assert.True(data.Test.Features.Statistics().Mean.abs().max().ToDouble() > 1e-3);
    }

    public void Dispose()
    {
        digits.Dispose();
        strings.Dispose();
    }

    private static SpokenDigitData Voices() => SpokenDigits.Synthesised(1, 2, 1, 1);

    private static IReadOnlyList<TestResult> Run(Contender contender)
    {
        using var run = AttentionTask.Train(contender, 3);
        return AttentionTask.Test(run);
    }
}
