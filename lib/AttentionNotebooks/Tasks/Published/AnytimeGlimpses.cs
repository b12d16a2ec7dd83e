namespace AttentionNotebooks;

/// <summary>RAM, asked what it sees after several of its glimpses: one model that answers after 4, 6 and 8, where the paper trains one for each.</summary>
/// <remarks>
/// A location is judged by the losses of the answers that follow it, and by no other (the return of Sutton et al. 2000, eq. 2): an answer that was given before the location was drawn cannot depend on it.
/// </remarks>
internal sealed class AnytimeGlimpses : IGlimpseTest
{
    private const int TestBatch = 250;

    private readonly GlimpseModel model;
    private readonly GradientEstimator estimator;
    private readonly PublishedPlan plan;
    private readonly ICanvases training;
    private readonly CanvasBatch test;

    /// <summary>Puts it together.</summary>
    /// <param name="model">The model; disposed of with this one, as is the estimator.</param>
    /// <param name="estimator">How the policy learns.</param>
    /// <param name="plan">When it is asked, and how often each batch is run.</param>
    /// <param name="training">Where the canvases to learn from come from.</param>
    /// <param name="test">The canvases to be tested on.</param>
    public AnytimeGlimpses(GlimpseModel model, GradientEstimator estimator, PublishedPlan plan, ICanvases training, CanvasBatch test)
    {
        (this.model, this.estimator, this.plan, this.training, this.test) = (model, estimator, plan, training, test);
    }

    public IReadOnlyList<torch.nn.Module> Modules => [model, estimator];

    public TrainingStep Step(TrainingMoment moment)
    {
        var batch = training.Draw(moment.BatchSize, moment.Generator).To(model.Device());
        var run = model.call(batch.Images.repeat(plan.Samples, 1, 1, 1), moment.Generator);
        var labels = batch.Labels.repeat(plan.Samples, model.Glimpses);
        var logits = model.AfterEach(run);
        // [K·B, T], 0 where it is not asked.
        var losses = torch.nn.functional.cross_entropy(logits.flatten(0, 1), labels.flatten(), reduction: torch.nn.Reduction.None).reshape(labels.shape) * Asked(logits);
        var outcomes = new Queue<Outcome>(Outcomes(run, losses));
        return new TrainingStep(estimator.Surrogate(_ => outcomes.Dequeue()), Measure(run, logits, losses, labels));
    }

    public IReadOnlyDictionary<string, double> Test(Read? mode, Generator generator) => TestSampled(1, generator);

    public IReadOnlyDictionary<string, double> TestSampled(int samples, Generator generator)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var wrong = torch.zeros([model.Glimpses], torch.float64);
        for (long start = 0; start < test.Count; start += TestBatch)
        {
            using var batchScope = torch.NewDisposeScope();
            var batch = test.Slice(start, TestBatch).To(model.Device());
            var answers = torch.zeros([]);
            for (var k = 0; k < samples; k++) answers = answers + model.AfterEach(model.call(batch.Images, generator)).softmax(-1);
            wrong.add_(answers.argmax(-1).ne(batch.Labels).to(torch.float64).sum([0L]).cpu());
        }

        return PublishedTask.Errors(plan, (wrong / test.Count).data<double>().ToArray());
    }

    public IReadOnlyDictionary<string, double> TestAtMean(Generator generator) => model.AtMean(() => TestSampled(1, generator));

    public void Dispose()
    {
        model.Dispose();
        estimator.Dispose();
    }

    // [T]: 1/n at the n glimpses after which it is asked.
    private Tensor Asked(Tensor like) => torch.tensor(Enumerable.Range(1, model.Glimpses).Select(glimpse => plan.Asked.Contains(glimpse) ? 1.0 / plan.Asked.Count : 0).ToArray(), like.dtype, like.device);

    // The location of glimpse t is judged by Σ_{s ≥ t} ℓ_s. The first was no choice: where it is asked after it already, that loss is the first choice's to carry, and not to answer for.
    private IEnumerable<Outcome> Outcomes(GlimpseRun run, Tensor losses)
    {
        var later = losses.narrow(1, 1, losses.shape[1] - 1);
        var own = losses.narrow(1, 0, 1) / later.shape[1] + later;
        var costs = ToGo(later.detach());
        var known = run.States.detach().narrow(1, 0, later.shape[1]);
        foreach (var k in Enumerable.Range(0, plan.Samples))
        {
            Tensor Part(Tensor all) => all.chunk(plan.Samples)[k];
            yield return new Outcome(Part(own))
            {
                Costs = Part(costs),
                LogProbability = run.LogProbability is null ? null : Part(run.LogProbability),
                Features = Part(known),
            };
        }
    }

    /// <summary>The return of each step: Σ_{s ≥ t} ℓ_s (Sutton et al. 2000, eq. 2).</summary>
    /// <param name="losses">ℓ [B, T].</param>
    /// <returns>[B, T].</returns>
    internal static Tensor ToGo(Tensor losses) => losses.flip(1).cumsum(1).flip(1);

    private static Dictionary<string, Tensor> Measure(GlimpseRun run, Tensor logits, Tensor losses, Tensor labels)
    {
        using var _ = torch.no_grad();
        return new(StringComparer.Ordinal)
        {
            ["loss"] = losses.sum([1L]).mean(),
            ["accuracy"] = logits.select(1, -1).argmax(-1).eq(labels.select(1, -1)).to(torch.float32).mean(),
            ["reach"] = run.Locations.abs().mean(),
        };
    }
}
