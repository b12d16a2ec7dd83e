namespace AttentionNotebooks;

/// <summary>Stops as adaptive computation time does, and says the mean of its looks; every look costs τ.</summary>
internal sealed class AdaptiveHops(HopReader reader, AdaptiveComputation halting, double price, HopTask task) : HopModel(reader, task)
{
    public override IReadOnlyList<torch.nn.Module> Modules => [Reader, halting];

    public override void Dispose()
    {
        halting.Dispose();
        base.Dispose();
    }

    private protected override (Tensor Loss, Tensor Said, Tensor Steps) Train(HopBatch batch)
    {
        var pondered = halting.forward(batch.Question(), Reader.Look(batch));
        // L = ℓ + τ ρ   Graves 2016, eq. 12
        var loss = torch.nn.functional.cross_entropy(pondered.Output, batch.Answer) + price * pondered.Cost!.mean();
        return (loss, pondered.Output.argmax(1), pondered.Steps);
    }

    private protected override HopReading Read(HopBatch batch, Generator generator)
    {
        var pondered = halting.forward(batch.Question(), Reader.Look(batch, generator));
        return new HopReading(pondered.Output.argmax(1), pondered.Steps);
    }
}
