namespace AttentionNotebooks;

public sealed class CaptionReportTests : IDisposable
{
    private static readonly SceneData Data = Scenes.Draw(seed: 1, trainCount: 100, testCount: 20);

    private readonly CaptioningTask task = new(Data);

    public void Dispose() => task.Dispose();

    [Fact]
    public void Faults_are_shares_and_what_has_none_is_an_exact_match()
    {
        // True ones, and those of the scene after.
        IReadOnlyList<string>[] captions = [.. Enumerable.Range(0, 20).Select(i => Data.Test.Scenes[i % 2 == 0 ? i : (i + 1) % 20].Captions[0].Words)];
        using var test = new CaptionTest(Data.Test, task.Vocabulary);

        var faults = new CaptionReport(Data.Test).Faults(captions);

        Assert.Equal(7, faults.Length);
        Assert.Equal(1, faults.Sum(), 12);
        Assert.Equal(test.ExactMatch(captions), faults[(int)CaptionFault.None], 12);
        Assert.Throws<ArgumentException>(() => new CaptionReport(Data.Test).Faults(captions[..3]));
    }

    [Fact]
    public void A_captioner_says_of_all_scenes_what_it_says_of_each()
    {
        using var run = AttentionTask.Train(task["hard, straight-through"], 0, new TrainingOptions { Steps = 3, BatchSize = 8 });
        var model = (CaptionModel)run.Model;

        var all = model.SayAll(Data.Test, new MostLikely());

        Assert.Equal(20, all.Count);
        Assert.Equal(model.Say(Data.Test, 7, mode: new MostLikely()).Words, all[7]);
        Assert.IsType<StraightThrough>(model.Captioner.Attention.Read);
        Assert.Contains("who", new CaptionReport(Data.Test).Faults(("who", all)).ToString(), StringComparison.Ordinal);
    }
}
