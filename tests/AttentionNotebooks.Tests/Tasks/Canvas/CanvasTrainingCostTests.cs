using TorchSharp;

namespace AttentionNotebooks.Tests;

public sealed class CanvasTrainingCostTests
{
    [Fact]
    public void A_soft_step_computes_and_keeps_more_than_a_hard_one_and_three_draws_more_than_one()
    {
        var (soft, one, three) = (Of(Mechanisms.Soft), Of(Mechanisms.Reinforced), Of(Mechanisms.LeftOneOut));
        Assert.True(soft.MegaFlops > three.MegaFlops && three.MegaFlops > one.MegaFlops);
        Assert.True(soft.KeptMegabytes > three.KeptMegabytes && three.KeptMegabytes > one.KeptMegabytes);
    }

    [Fact]
    public void On_the_way_forward_a_soft_step_takes_what_a_soft_read_takes()
    {
        using var scope = torch.NewDisposeScope();
        var (canvases, soft) = (Canvases(), Of(Mechanisms.Soft));
        var reader = new CanvasReader(Mechanisms.Soft.Over(() => new AdditiveScore(CanvasReader.QueryFeatures, CanvasReader.KeyFeatures, 32)), new torch.Generator(1));
        using var counter = new FlopCounter(reader);
        reader.call(canvases.Images, null);
        Assert.Equal(counter.Count / 1e6 / canvases.Count, soft.MegaFlops, 9);
    }

    private static CanvasTrainingCost Of(Mechanism mechanism)
    {
        using var canvases = Canvases();
        return CanvasTrainingCost.Of(mechanism, CanvasReader.StandardWindows, canvases, seed: 0, repetitions: 1);
    }

    private static CanvasBatch Canvases()
    {
        using var generator = new torch.Generator(3);
        using var drawn = new DigitCanvas(Digits.Drawn(0).Test);
        return drawn.Draw(4, generator);
    }
}
