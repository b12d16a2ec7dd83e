namespace AttentionNotebooks;

/// <summary>A reader of canvases with its estimator: one look over all windows, or two.</summary>
/// <param name="reader">The reader; disposed of with the model, as is the estimator.</param>
/// <param name="choosing">The attention of it that chooses: its read is the evaluation mode.</param>
/// <param name="windows">The N windows.</param>
/// <param name="mechanism">How it attends; its estimator has been made.</param>
/// <param name="estimator">How to train through its choices.</param>
/// <param name="training">Where the canvases to learn from come from.</param>
/// <param name="test">The canvases to be tested on.</param>
internal sealed class TwoLooksModel(torch.nn.Module<Tensor, Generator?, Reading> reader, Attention choosing, WindowGrid windows, Mechanism mechanism, GradientEstimator estimator, ICanvases training, CanvasBatch test) : ITaskModel, IPriced
{
    public IReadOnlyList<torch.nn.Module> Modules => [reader, estimator];

    public TrainingStep Step(TrainingMoment moment)
    {
        mechanism.Anneal?.Invoke(choosing.Read, moment.Progress);
        var batch = training.Draw(moment.BatchSize, moment.Generator).To(reader.Device());
        return TrainingStep.Of(
            estimator,
            read => Read(batch, read, moment.Generator),
            reading => CanvasLearner.OutcomeOf(reading, batch),
            reading => CanvasLearner.Measure(reading, batch, windows));
    }

    public IReadOnlyDictionary<string, double> Test(Read? mode, Generator generator)
    {
        var shares = DigitScores.Of(test, reader.Device(), batch =>
        {
            var reading = Read(batch, mode, generator);
            return new DigitAnswer(reading.Logits.softmax(-1)) { Pointing = reading.Pointing(batch.Boxes!, windows) };
        });
        return new Dictionary<string, double>(shares, StringComparer.Ordinal) { [TwoLooksTask.Operations.Name] = MegaFlops(mode, generator) };
    }

    /// <summary>The first canvases as it reads them.</summary>
    public IReadOnlyList<Tile> Pictures(int count, Read? mode, Generator generator)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var batch = test.Slice(0, count);
        return CanvasPictures.Read(Read(batch.To(reader.Device()), mode, generator), batch, windows, mechanism.Role);
    }

    public double MegaFlops(Read? mode, Generator generator) => FlopCounter.MegaFlopsOf(reader, () => Read(test.Slice(0, 1).To(reader.Device()), mode, generator));

    public void Dispose()
    {
        reader.Dispose();
        estimator.Dispose();
    }

    private Reading Read(CanvasBatch batch, Read? mode, Generator generator) => choosing.ReadAs(mode, () => reader.call(batch.Images, generator));
}
