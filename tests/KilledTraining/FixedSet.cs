using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Hard attention on a fixed set of canvases that is gone through in epochs, with all that a checkpoint has to keep: what is drawn comes from the generator, the order of an epoch and a learned baseline are in modules.</summary>
internal sealed class FixedSet : ILearner, IDisposable
{
    private readonly CanvasReader reader;
    private readonly Reinforce estimator;
    private readonly Minibatches minibatches = new(100);
    private readonly CanvasBatch canvases;

    public FixedSet(Generator generator)
    {
        reader = new CanvasReader(new Attention(new AdditiveScore(CanvasReader.QueryFeatures, CanvasReader.KeyFeatures, 16), new Softmax(), new Sampled()), generator);
        estimator = new Reinforce(new LearnedBaseline(reader.OverviewFeatures));
        Initialization.Draw(estimator, generator);
        using var source = new DigitCanvas(Digits.Drawn(1, 100, 10).Train);
        canvases = source.Draw(100, generator);
    }

    public IReadOnlyList<nn.Module> Modules => [reader, estimator, minibatches];

    public TrainingStep Step(TrainingMoment moment)
    {
        var which = minibatches.Next(moment.BatchSize, moment.Generator);
        var (images, labels) = (canvases.Images.index_select(0, which), canvases.Labels.index_select(0, which));
        Tensor? mean = null;
        var loss = estimator.Surrogate(_ =>
        {
            var reading = reader.call(images, moment.Generator);
            var losses = nn.functional.cross_entropy(reading.Logits.squeeze(1), labels.squeeze(1), reduction: nn.Reduction.None);
            mean = losses.mean().detach().MoveToOuterDisposeScope();
            return new Outcome(losses, reading.Attended) { Features = reading.Overview };
        });
        return new TrainingStep(loss, new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["loss"] = mean! });
    }

    public IReadOnlyDictionary<string, double> Validate()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var logits = reader.ReadAs(canvases.Images, new MostLikely()).Logits;
        return new Dictionary<string, double>(StringComparer.Ordinal) { ["validation loss"] = nn.functional.cross_entropy(logits.squeeze(1), canvases.Labels.squeeze(1)).ToDouble() };
    }

    public void Dispose()
    {
        reader.Dispose();
        estimator.Dispose();
        minibatches.Dispose();
        canvases.Dispose();
    }
}
