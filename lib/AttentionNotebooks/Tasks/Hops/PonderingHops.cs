namespace AttentionNotebooks;

/// <summary>Stops when PonderNet does: the loss of every look counts as much as it is likely to be the last.</summary>
internal sealed class PonderingHops(HopReader reader, PonderNet net, HaltingDistribution prior, double regularization, HopTask task) : HopModel(reader, task)
{
    public override IReadOnlyList<torch.nn.Module> Modules => [Reader, net];

    /// <summary>All looks, and how likely each is to be the last.</summary>
    internal PonderedSteps All(HopBatch batch, Action<Tensor>? looked = null) => net.forward(batch.Question(), Reader.Look(batch, looked: looked));

    public override void Dispose()
    {
        prior.LogProbabilities.Dispose();
        net.Dispose();
        base.Dispose();
    }

    private protected override (Tensor Loss, Tensor Said, Tensor Steps) Train(HopBatch batch)
    {
        var all = All(batch);
        var (b, n, a) = (batch.Count, all.Outputs.shape[1], all.Outputs.shape[2]);
        var wanted = batch.Answer.unsqueeze(1).expand(b, n).reshape(b * n);
        var losses = torch.nn.functional.cross_entropy(all.Outputs.reshape(b * n, a), wanted, reduction: torch.nn.Reduction.None).reshape(b, n);
        var here = new HaltingDistribution(prior.LogProbabilities.On(losses.device));
        var likely = all.Halting.LogProbabilities.argmax(1);
        var said = all.Outputs.argmax(2).gather(1, likely.unsqueeze(1)).squeeze(1);
        return (all.Loss(losses, here, regularization).mean(), said, all.Halting.ExpectedSteps());
    }

    private protected override HopReading Read(HopBatch batch, Generator generator)
    {
        var halted = net.Halt(batch.Question(), Reader.Look(batch, generator), generator);
        return new HopReading(halted.Output.argmax(1), halted.Steps) { EachSaid = net.forward(batch.Question(), Reader.Look(batch, generator)).Outputs.argmax(2) };
    }
}
