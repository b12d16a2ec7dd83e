namespace AttentionNotebooks;

/// <summary>A network without attention in a digit task: it sees the whole canvas.</summary>
/// <param name="network">From canvases [B, 1, S, S] to [B, O·classes]; disposed of with the model.</param>
/// <param name="training">Where the canvases to learn from come from.</param>
/// <param name="test">The canvases to be tested on.</param>
internal sealed class NetworkModel(torch.nn.Module<Tensor, Tensor> network, ICanvases training, CanvasBatch test) : ITaskModel, IPriced
{
    public IReadOnlyList<torch.nn.Module> Modules => [network];

    public TrainingStep Step(TrainingMoment moment)
    {
        var batch = training.Draw(moment.BatchSize, moment.Generator).To(network.Device());
        var logits = Tell(batch.Images);
        var loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), batch.Labels.flatten());
        return new TrainingStep(loss, new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            ["loss"] = loss.detach(),
            ["accuracy"] = logits.argmax(-1).eq(batch.Labels).to(torch.float32).mean(),
        });
    }

    public IReadOnlyDictionary<string, double> Test(Read? mode, Generator generator) => DigitScores.Of(test, network.Device(), batch => new DigitAnswer(Tell(batch.Images).softmax(-1)));

    public double MegaFlops(Read? mode, Generator generator) => FlopCounter.MegaFlopsOf(network, () => Tell(test.Slice(0, 1).To(network.Device()).Images));

    public void Dispose() => network.Dispose();

    private Tensor Tell(Tensor canvases) => network.call(canvases).reshape(canvases.shape[0], training.Objects, -1);
}
