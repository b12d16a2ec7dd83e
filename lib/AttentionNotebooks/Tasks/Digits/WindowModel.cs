namespace AttentionNotebooks;

/// <summary>A <see cref="CanvasReader"/> in a digit task.</summary>
/// <param name="reader">The reader; disposed of with the model, as is the estimator.</param>
/// <param name="estimator">How to train through its choices.</param>
/// <param name="training">Where the canvases to learn from come from.</param>
/// <param name="test">The canvases to be tested on.</param>
internal sealed class WindowModel(CanvasReader reader, GradientEstimator estimator, ICanvases training, CanvasBatch test) : ITaskModel, IPriced
{
    private readonly CanvasLearner learner = new(reader, estimator, training);

    public IReadOnlyList<torch.nn.Module> Modules => learner.Modules;

    public TrainingStep Step(TrainingMoment moment) => learner.Step(moment);

    public IReadOnlyDictionary<string, double> Test(Read? mode, Generator generator) => DigitScores.Of(test, reader.Device(), batch =>
    {
        var reading = reader.ReadAs(batch.Images, mode, generator);
        return new DigitAnswer(reading.Logits.softmax(-1)) { Pointing = batch.Boxes is null ? null : reading.Pointing(batch.Boxes, reader.Windows) };
    });

    public double MegaFlops(Read? mode, Generator generator) => FlopCounter.MegaFlopsOf(reader, () => reader.ReadAs(test.Slice(0, 1).To(reader.Device()).Images, mode, generator));

    public void Dispose()
    {
        reader.Dispose();
        estimator.Dispose();
    }
}
