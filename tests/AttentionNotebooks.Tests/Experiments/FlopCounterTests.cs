using TorchSharp;

namespace AttentionNotebooks.Tests;

public sealed class FlopCounterTests
{
    // By hand: 60×60 → 56 valid places at stride 2 = 28, then 13; a window 28×28 → 12 → 5.
    private const long Overview = (2L * 9 * 8 * 15 * 15) + (2L * 8 * 49 * 16 * 5 * 5);
    private const long Score = (2L * 16 * 32) + (2L * 16 * 32 * 25) + (2L * 32 * 25);
    private const long Classify = 2L * 64 * 10;
    private const long AllWindows = (2L * 25 * 16 * 28 * 28) + (2L * 16 * 9 * 32 * 13 * 13) + (25 * 2L * 800 * 64);
    private const long OneWindow = (2L * 25 * 16 * 12 * 12) + (2L * 16 * 9 * 32 * 5 * 5) + (2L * 800 * 64);

    [Fact]
    public void Soft_pays_for_all_windows() => Assert.Equal(Overview + Score + AllWindows + Classify, Count(new Expected()));

    [Fact]
    public void Hard_pays_for_the_window_it_reads() => Assert.Equal(Overview + Score + OneWindow + Classify, Count(new MostLikely()));

    [Fact]
    public void A_counter_that_was_disposed_of_counts_no_more()
    {
        using var scope = torch.NewDisposeScope();
        var reader = Reader();
        var counter = new FlopCounter(reader);
        counter.Dispose();
        reader.ReadAs(torch.zeros(1, 1, 60, 60), new MostLikely());
        Assert.Equal(0, counter.Count);
    }

    private static long Count(Read read)
    {
        using var scope = torch.NewDisposeScope();
        var reader = Reader();
        using var counter = new FlopCounter(reader);
        reader.ReadAs(torch.zeros(3, 1, 60, 60), read);
        Assert.Equal(0, counter.Count % 3);
        return counter.Count / 3;
    }

    private static CanvasReader Reader() =>
        new(new Attention(new AdditiveScore(CanvasReader.QueryFeatures, CanvasReader.KeyFeatures, 32), new Softmax(), new Expected()), new torch.Generator(1));
}
