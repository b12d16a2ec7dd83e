namespace AttentionNotebooks;

/// <summary>The control: the same number of looks for every table. Its loss is the mean over all looks, or that of the last.</summary>
internal sealed class FixedHops(HopReader reader, int looks, bool everyLook, HopTask task) : HopModel(reader, task)
{
    public override IReadOnlyList<torch.nn.Module> Modules => [Reader];

    private protected override (Tensor Loss, Tensor Said, Tensor Steps) Train(HopBatch batch)
    {
        var outputs = Outputs(batch, null);
        var graded = everyLook ? outputs : [outputs[^1]];
        var loss = torch.stack([.. graded.Select(output => torch.nn.functional.cross_entropy(output, batch.Answer))]).mean();
        return (loss, outputs[^1].argmax(1), torch.full_like(batch.Length, looks));
    }

    private protected override HopReading Read(HopBatch batch, Generator generator) => new(Outputs(batch, generator)[^1].argmax(1), torch.full_like(batch.Length, looks));

    private Tensor[] Outputs(HopBatch batch, Generator? generator)
    {
        var (look, everybody) = (Reader.Look(batch, generator), torch.arange(batch.Count, torch.int64, batch.Answer.device));
        var (outputs, state) = (new Tensor[looks], batch.Question());
        for (var n = 1; n <= looks; n++) (state, outputs[n - 1]) = look(state, everybody, n);
        return outputs;
    }
}
