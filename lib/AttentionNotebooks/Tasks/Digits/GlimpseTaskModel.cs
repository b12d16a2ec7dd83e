namespace AttentionNotebooks;

/// <summary>RAM or DRAM in a digit task, with any policy.</summary>
public sealed class GlimpseTaskModel : IGlimpseTest, IPriced
{
    private const int BatchSize = 250;

    private readonly GradientEstimator estimator;
    private readonly int samples;
    private readonly ICanvases training;
    private readonly CanvasBatch test;

    /// <summary>Puts it together.</summary>
    /// <param name="model">The model; disposed of with this one, as is the estimator.</param>
    /// <param name="estimator">How the policy learns.</param>
    /// <param name="samples">K, how many runs of each batch it is given.</param>
    /// <param name="training">Where the canvases to learn from come from.</param>
    /// <param name="test">The canvases to be tested on.</param>
    internal GlimpseTaskModel(GlimpseModel model, GradientEstimator estimator, int samples, ICanvases training, CanvasBatch test)
    {
        (Model, this.estimator, this.samples, this.training, this.test) = (model, estimator, samples, training, test);
    }

    /// <summary>RAM or DRAM.</summary>
    public GlimpseModel Model { get; }

    /// <inheritdoc/>
    public IReadOnlyList<torch.nn.Module> Modules => [Model, estimator];

    /// <inheritdoc/>
    public TrainingStep Step(TrainingMoment moment)
    {
        var batch = training.Draw(moment.BatchSize, moment.Generator).To(Model.Device());
        // All samples in one pass of the model: they differ in what is drawn alone.
        var run = Model.call(batch.Images.repeat(samples, 1, 1, 1), moment.Generator);
        var labels = batch.Labels.repeat(samples, 1);
        var losses = torch.nn.functional.cross_entropy(run.Logits.flatten(0, 1), labels.flatten(), reduction: torch.nn.Reduction.None).reshape(labels.shape);
        var outcomes = new Queue<Outcome>(Split(run.Cost(losses.sum([1L]))));
        var loss = estimator.Surrogate(_ => outcomes.Dequeue());
        return new TrainingStep(loss, Measure(run, losses, labels, batch));
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Test(Read? mode, Generator generator) => ((IGlimpseTest)this).TestSampled(1, generator);

    /// <summary>Where it looks on canvases, glimpse by glimpse, and what it would have answered after each.</summary>
    /// <param name="canvases">What it looks at.</param>
    /// <param name="generator">Where locations are drawn from; null to look at the mean of the policy, where nothing is left to chance.</param>
    /// <returns>The looks, on the processor; the caller's.</returns>
    public GlimpseLooks Look(CanvasBatch canvases, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(canvases);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var (locations, answers) = (new List<Tensor>(), new List<Tensor>());
        for (long start = 0; start < canvases.Count; start += BatchSize)
        {
            using var batchScope = torch.NewDisposeScope();
            var images = canvases.Slice(start, BatchSize).Images.On(Model.Device());
            var run = generator is null ? Model.AtMean(() => Model.call(images, null)) : Model.call(images, generator);
            locations.Add(run.Locations.cpu().MoveToOuterDisposeScope());
            answers.Add(Model.AfterEach(run).softmax(-1).cpu().MoveToOuterDisposeScope());
        }

        return new GlimpseLooks(torch.cat(locations).MoveToOuterDisposeScope(), torch.cat(answers).MoveToOuterDisposeScope());
    }

    double IPriced.MegaFlops(Read? mode, Generator generator) => FlopCounter.MegaFlopsOf(Model, () => Model.call(test.Slice(0, 1).To(Model.Device()).Images, generator));

    /// <inheritdoc/>
    public void Dispose()
    {
        Model.Dispose();
        estimator.Dispose();
    }

    IReadOnlyDictionary<string, double> IGlimpseTest.TestSampled(int samples, Generator generator) => DigitScores.Of(test, Model.Device(), batch =>
        DigitAnswer.Mean([.. Enumerable.Range(0, samples).Select(_ => Answer(batch, generator))]));

    IReadOnlyDictionary<string, double> IGlimpseTest.TestAtMean(Generator generator) => Model.AtMean(() => DigitScores.Of(test, Model.Device(), batch => Answer(batch, generator)));

    private DigitAnswer Answer(CanvasBatch batch, Generator generator)
    {
        var run = Model.call(batch.Images, generator);
        var answer = new DigitAnswer(run.Logits.softmax(-1));
        if (batch.Boxes is null) return answer;
        var hits = GlimpseLooks.Hits(run.Locations, batch.Boxes, batch.Images.shape[3]);
        return answer with { Pointing = hits.select(2, -1), Glimpses = hits.mean([2L]) };
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
        if (batch.Boxes is not null) metrics["pointing"] = GlimpseLooks.Hits(run.Locations, batch.Boxes.repeat(samples, 1, 1), batch.Images.shape[3]).select(2, -1).mean();
        return metrics;
    }
}
