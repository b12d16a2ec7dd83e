namespace AttentionNotebooks;

/// <summary>RAM or DRAM in a digit task, with any policy.</summary>
/// <param name="model">The model; disposed of with this one, as is the estimator.</param>
/// <param name="estimator">How the policy learns.</param>
/// <param name="samples">K, how many runs of each batch it is given.</param>
/// <param name="training">Where the canvases to learn from come from.</param>
/// <param name="test">The canvases to be tested on.</param>
internal sealed class GlimpseTaskModel(GlimpseModel model, GradientEstimator estimator, int samples, ICanvases training, CanvasBatch test) : ITaskModel
{
    private const int Averaged = 10;

    /// <summary>How a policy that learned is tested: at its mean, by one sample, and by the mean of what ten samples say.</summary>
    public static IReadOnlyList<EvaluationMode> LearnedModes { get; } =
    [
        EvaluationMode.Of<GlimpseTaskModel>("mean", (model, generator) => model.TestAtMean(generator)),
        .. SampledModes,
    ];

    /// <summary>How a policy at random is tested: by one sample, and by the mean of what ten samples say.</summary>
    public static IReadOnlyList<EvaluationMode> SampledModes =>
    [
        EvaluationMode.Of<GlimpseTaskModel>("sampled", (model, generator) => model.TestSampled(1, generator)),
        EvaluationMode.Of<GlimpseTaskModel>($"MC-{Averaged}", (model, generator) => model.TestSampled(Averaged, generator)),
    ];

    public IReadOnlyList<torch.nn.Module> Modules => [model, estimator];

    public TrainingStep Step(TrainingMoment moment)
    {
        var batch = training.Draw(moment.BatchSize, moment.Generator).To(model.Device());
        // All samples in one pass of the model: they differ in what is drawn alone.
        var run = model.call(batch.Images.repeat(samples, 1, 1, 1), moment.Generator);
        var labels = batch.Labels.repeat(samples, 1);
        var losses = torch.nn.functional.cross_entropy(run.Logits.flatten(0, 1), labels.flatten(), reduction: torch.nn.Reduction.None).reshape(labels.shape);
        var outcomes = new Queue<Outcome>(Split(run.Cost(losses.sum([1L]))));
        var loss = estimator.Surrogate(_ => outcomes.Dequeue());
        return new TrainingStep(loss, Measure(run, losses, labels, batch));
    }

    public IReadOnlyDictionary<string, double> Test(Read? mode, Generator generator) => TestSampled(1, generator);

    public void Dispose()
    {
        model.Dispose();
        estimator.Dispose();
    }

    private IReadOnlyDictionary<string, double> TestSampled(int samples, Generator generator) => DigitScores.Of(test, model.Device(), batch =>
        DigitAnswer.Mean([.. Enumerable.Range(0, samples).Select(_ => Answer(batch, generator))]));

    private IReadOnlyDictionary<string, double> TestAtMean(Generator generator)
    {
        var before = model.Policy.Deterministic;
        model.Policy.Deterministic = true;
        try
        {
            return DigitScores.Of(test, model.Device(), batch => Answer(batch, generator));
        }
        finally
        {
            model.Policy.Deterministic = before;
        }
    }

    private DigitAnswer Answer(CanvasBatch batch, Generator generator)
    {
        var run = model.call(batch.Images, generator);
        var answer = new DigitAnswer(run.Logits.softmax(-1));
        if (batch.Boxes is null) return answer;
        var hits = Hits(run, batch.Boxes, batch.Images.shape[3]);
        return answer with { Pointing = hits.select(2, -1), Glimpses = hits.mean([2L]) };
    }

    // [B, O, S], whether each of an object's S glimpses had its centre in the object's box.
    private static Tensor Hits(GlimpseRun run, Tensor boxes, long size)
    {
        var points = (run.Locations + 1) * (size / 2.0);
        return PointingGame.Inside(points.reshape(boxes.shape[0], boxes.shape[1], -1, 2), boxes.unsqueeze(2));
    }

    private IEnumerable<Outcome> Split(Outcome all)
    {
        Tensor?[] Parts(Tensor? tensor) => tensor?.chunk(samples) ?? new Tensor?[samples];
        var (losses, logProbabilities, entropies, features) = (Parts(all.Losses), Parts(all.LogProbability), Parts(all.Entropy), Parts(all.Features));
        return losses.Select((loss, k) => new Outcome(loss!) { LogProbability = logProbabilities[k], Entropy = entropies[k], Features = features[k] });
    }

    private Dictionary<string, Tensor> Measure(GlimpseRun run, Tensor losses, Tensor labels, CanvasBatch batch)
    {
        using var _ = torch.no_grad();
        var metrics = new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            ["loss"] = losses.mean(),
            ["accuracy"] = run.Logits.argmax(-1).eq(labels).to(torch.float32).mean(),
        };
        if (batch.Boxes is not null) metrics["pointing"] = Hits(run, batch.Boxes.repeat(samples, 1, 1), batch.Images.shape[3]).select(2, -1).mean();
        return metrics;
    }
}
