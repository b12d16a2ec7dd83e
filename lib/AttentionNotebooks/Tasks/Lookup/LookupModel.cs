namespace AttentionNotebooks;

/// <summary>A reader of cards with its estimator, on the tables of a task.</summary>
/// <param name="reader">The reader; disposed of with the model, as is the estimator.</param>
/// <param name="estimator">How to train through its choices; inert where there are none.</param>
/// <param name="task">The task.</param>
internal sealed class LookupModel(LookupReader reader, GradientEstimator estimator, LookupTask task) : ITaskModel
{
    public IReadOnlyList<torch.nn.Module> Modules => [reader, estimator];

    public TrainingStep Step(TrainingMoment moment)
    {
        var batch = task.Draw(moment.BatchSize, moment.Generator).To(reader.Device());
        return TrainingStep.Of(
            estimator,
            read => reader.Attention.ReadAs(read, () => reader.call(batch, moment.Generator)),
            attended => new Outcome(Errors(attended, batch) + Nothing(), attended) { Features = batch.Query.squeeze(1) },
            attended => WithAlpha(Measure(attended, batch)));
    }

    public IReadOnlyDictionary<string, double> Test(Read? mode, Generator generator)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var batch = task.TestTables.To(reader.Device());
        var attended = reader.Attention.ReadAs(mode, () => reader.call(batch, generator));
        var metrics = WithAlpha(Measure(attended, batch));
        metrics[LookupTask.Weighed.Name] = Concentration.SupportSize(attended.Weights).to(torch.float32).mean();
        metrics[LookupTask.Entropy.Name] = Concentration.Entropy(attended.Weights).mean();
        return metrics.ToDictionary(metric => metric.Key, metric => metric.Value.ToDouble(), StringComparer.Ordinal);
    }

    public void Dispose()
    {
        reader.Dispose();
        estimator.Dispose();
    }

    // |c − v|², how far what was read is from what stands on the right card; [B], in 0..2
    private static Tensor Errors(AttentionResult attended, LookupBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        var read = attended.Context.squeeze(1);
        var right = torch.nn.functional.one_hot(batch.Wanted, read.shape[1]).to(read.dtype);
        return (read - right).square().sum(1).MoveToOuterDisposeScope();
    }

    // A reader that cannot aim has no gradient, and a trainer wants one.
    private Tensor Nothing() => 0 * reader.Gain;

    private Dictionary<string, Tensor> WithAlpha(Dictionary<string, Tensor> metrics)
    {
        if (reader.modules().OfType<AlphaEntmax>().FirstOrDefault() is { } entmax) metrics[LookupTask.Alpha.Name] = torch.tensor((float)entmax.Value);
        return metrics;
    }

    private static Dictionary<string, Tensor> Measure(AttentionResult attended, LookupBatch batch) => new(StringComparer.Ordinal)
    {
        [LookupTask.Error.Name] = Errors(attended, batch).mean(),
        [LookupTask.Accuracy.Name] = Right(attended.Context.squeeze(1), batch.Wanted).mean(),
    };

    // Where several cards share the greatest part, each counts for its share.
    private static Tensor Right(Tensor read, Tensor wanted)
    {
        var most = read.eq(read.amax([1], keepdim: true)).to(torch.float32);
        return most.gather(1, wanted.unsqueeze(1)).squeeze(1) / most.sum(1);
    }
}
