namespace AttentionNotebooks;

/// <summary>A reader of series, and what its spans cost.</summary>
internal sealed class SpanModel(SpanReader reader, double price, SpanTask task) : ITaskModel
{
    public IReadOnlyList<torch.nn.Module> Modules => [reader];

    internal SpanReader Reader => reader;

    public TrainingStep Step(TrainingMoment moment)
    {
        using var scope = torch.NewDisposeScope();
        var series = task.Draw(moment.BatchSize, moment.Generator).On(reader.Device());
        var (said, stood) = Asked(series);
        // L = ℓ + λ z̄   Sukhbaatar 2019, eq. 7
        var loss = torch.nn.functional.cross_entropy(said.reshape(-1, SpanTask.Symbols), stood.flatten()) + price / task.Longest * reader.MeanSpan();
        using var _ = torch.no_grad();
        return new TrainingStep(loss.MoveToOuterDisposeScope(), new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            [SpanTask.Accuracy.Name] = Right(said, stood).mean().MoveToOuterDisposeScope(),
            [SpanTask.Places.Name] = torch.tensor((float)Computed()).MoveToOuterDisposeScope(),
        });
    }

    public IReadOnlyDictionary<string, double> Test(Read? mode, Generator generator)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var (said, stood) = Asked(task.TestSeries.On(reader.Device()));
        var right = Right(said, stood);
        return new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [SpanTask.Accuracy.Name] = right.mean().ToDouble(),
            [SpanTask.Near.Name] = right.select(2, 0).mean().ToDouble(),
            [SpanTask.Far.Name] = right.select(2, 1).mean().ToDouble(),
            [SpanTask.Places.Name] = Computed(),
        };
    }

    public void Dispose() => reader.Dispose();

    // Where both distances lie within the series.
    private (Tensor Said, Tensor Stood) Asked(Tensor series)
    {
        var far = task.Distances[1];
        var count = series.shape[1] - far;
        var stood = torch.stack([.. task.Distances.Select(distance => series.narrow(1, far - distance, count))], 2);
        return (reader.call(series).narrow(1, far, count), stood);
    }

    private static Tensor Right(Tensor said, Tensor stood) => said.argmax(-1).eq(stood).to(torch.float32);

    // A place x back has a weight where x < z + R.
    private double Computed() => reader.Reaches().Average(reach => Math.Min(task.Longest, Math.Ceiling(reach))) / task.Longest;
}
