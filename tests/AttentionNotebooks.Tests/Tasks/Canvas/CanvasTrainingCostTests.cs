using TorchSharp;

namespace AttentionNotebooks.Tests;

public sealed class CanvasTrainingCostTests
{
    [Fact]
    public void A_soft_step_computes_and_keeps_more_than_a_hard_one_and_three_draws_more_than_one()
    {
        var costs = Of(Mechanisms.Soft, Mechanisms.Reinforced, Mechanisms.LeftOneOut);
        var (soft, one, three) = (costs[0], costs[1], costs[2]);
        Assert.True(soft.MegaFlops > three.MegaFlops && three.MegaFlops > one.MegaFlops);
        Assert.True(soft.KeptMegabytes > three.KeptMegabytes && three.KeptMegabytes > one.KeptMegabytes);
    }

    [Fact]
    public void On_the_way_forward_a_soft_step_takes_what_a_soft_read_takes()
    {
        using var scope = torch.NewDisposeScope();
        var (canvases, soft) = (Canvases(), Of(Mechanisms.Soft)[0]);
        var reader = new CanvasReader(Mechanisms.Soft.Over(() => new AdditiveScore(CanvasReader.QueryFeatures, CanvasReader.KeyFeatures, 32)), new torch.Generator(1));
        using var counter = new FlopCounter(reader);
        reader.call(canvases.Images, null);
        Assert.Equal(counter.Count / 1e6 / canvases.Count, soft.MegaFlops, 9);
    }

    private static IReadOnlyList<CanvasTrainingCost> Of(params Mechanism[] mechanisms)
    {
        using var canvases = Canvases();
        return CanvasTrainingCost.InTurn(CanvasReader.StandardWindows, canvases, seed: 0, repetitions: 1, mechanisms);
    }

    private static CanvasBatch Canvases()
    {
        using var generator = new torch.Generator(3);
        using var drawn = new DigitCanvas(Digits.Drawn(0).Test);
        return drawn.Draw(4, generator);
    }
}
