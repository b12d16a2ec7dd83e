using TorchSharp;

namespace AttentionNotebooks.Tests;

public sealed class ActivationCounterTests
{
    // Elements that go into the layers of a reader of 60×60, by hand: what the overview and the score take in, and what the windows' layers do.
    private const long Overview = (15L * 15) + (8L * 15 * 15);
    private const long Score = 16L + (16L * 25) + (32L * 25);
    private const long Classify = 64;
    private const long AllWindows = (60L * 60) + (16L * 28 * 28) + (25L * 800);
    private const long OneWindow = (28L * 28) + (16L * 12 * 12) + 800;

    [Fact]
    public void Soft_keeps_what_all_windows_need() => Assert.Equal(4 * (Overview + Score + AllWindows + Classify), Count(new Expected()));

    [Fact]
    public void Hard_keeps_what_its_window_needs() => Assert.Equal(4 * (Overview + Score + OneWindow + Classify), Count(new MostLikely()));

    [Fact]
    public void A_double_takes_twice_the_bytes()
    {
        using var scope = torch.NewDisposeScope();
        var layer = torch.nn.Sequential(torch.nn.Linear(3, 2, dtype: torch.float64));
        using var counter = new ActivationCounter(layer);
        layer.call(torch.zeros(5, 3, torch.float64));
        Assert.Equal(8 * 15, counter.Bytes);
    }

    [Fact]
    public void A_counter_that_was_disposed_of_counts_no_more()
    {
        using var scope = torch.NewDisposeScope();
        var layer = torch.nn.Sequential(torch.nn.Linear(3, 2));
        var counter = new ActivationCounter(layer);
        counter.Dispose();
        layer.call(torch.zeros(5, 3));
        Assert.Equal(0, counter.Bytes);
    }

    private static long Count(Read read)
    {
        using var scope = torch.NewDisposeScope();
        var reader = new CanvasReader(new Attention(new AdditiveScore(CanvasReader.QueryFeatures, CanvasReader.KeyFeatures, 32), new Softmax(), new Expected()), new torch.Generator(1));
        using var counter = new ActivationCounter(reader);
        reader.ReadAs(torch.zeros(3, 1, 60, 60), read);
        Assert.Equal(0, counter.Bytes % 3);
        return counter.Bytes / 3;
    }
}
