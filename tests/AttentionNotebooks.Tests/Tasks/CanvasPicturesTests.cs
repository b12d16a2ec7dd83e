namespace AttentionNotebooks;

public sealed class CanvasPicturesTests : IDisposable
{
    private readonly CanvasTask task = new(Digits.Drawn(seed: 1, trainCount: 200, testCount: 50), seed: 1, testCount: 4);
    private readonly CanvasRun run;

    public CanvasPicturesTests() => run = task.Train("soft", Role.Soft, new Attention(new AdditiveScore(CanvasReader.QueryFeatures, CanvasReader.KeyFeatures, 8), new Softmax(), new Expected()), new TrainingOptions { Steps = 2, BatchSize = 4 });

    public void Dispose()
    {
        run.Reader.Dispose();
        task.Dispose();
    }

    [Fact]
    public void Many_throws_come_to_the_weights_and_more_begin_with_the_fewer()
    {
        double[] Map(int throws, int tile) => CanvasPictures.Throws(run, task.Test, 1, throws, seed: 3).ElementAt(tile).Map!.Over(60, 60).Select(place => (double)place.Weight).ToArray();

        double[] weights = Map(1, 1), one = Map(1, 0), two = Map(2, 0), many = Map(20_000, 0);
        Assert.Single(one, share => share == 1);
        Assert.True(two[Array.IndexOf(one, 1)] >= 0.5);
        // Four standard errors of a share, at each of 25 windows.
        Assert.All(weights.Zip(many), pair => Assert.InRange(pair.Second - pair.First, -4 * Error(pair.First), 4 * Error(pair.First)));

        static double Error(double share) => Math.Sqrt(share * (1 - share) / 20_000);
    }
}
