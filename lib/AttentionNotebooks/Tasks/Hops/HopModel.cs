namespace AttentionNotebooks;

/// <summary>A reader of cards with a way to stop, on the tables of a task.</summary>
internal abstract class HopModel(HopReader reader, HopTask task) : ITaskModel
{
    public abstract IReadOnlyList<torch.nn.Module> Modules { get; }

    internal HopReader Reader => reader;

    public TrainingStep Step(TrainingMoment moment)
    {
        using var scope = torch.NewDisposeScope();
        var batch = task.Cards.Draw(moment.BatchSize, moment.Generator).To(reader.Device());
        var (loss, said, steps) = Train(batch);
        using var _ = torch.no_grad();
        return new TrainingStep(loss.MoveToOuterDisposeScope(), new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            [HopTask.Accuracy.Name] = said.eq(batch.Answer).to(torch.float32).mean().MoveToOuterDisposeScope(),
            [HopTask.Steps.Name] = steps.to(torch.float32).mean().MoveToOuterDisposeScope(),
        });
    }

    public IReadOnlyDictionary<string, double> Test(Read? mode, Generator generator)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var batch = task.TestTables.To(reader.Device());
        var reading = Read(batch, mode, generator);
        var (right, dealt, even) = (Right(reading.Said, batch), Dealt(reading, batch, generator), SameForAll(reading, batch));
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [HopTask.Accuracy.Name] = right,
            [HopTask.Steps.Name] = reading.Steps.to(torch.float64).mean().ToDouble(),
            [HopTask.Shuffled.Name] = dealt,
            [HopTask.Even.Name] = even,
            [HopTask.Lead.Name] = 100 * (right - even),
            [HopTask.LeadOverChance.Name] = 100 * (right - dealt),
        };
        foreach (var group in HopGroup.Of(reading, batch))
        {
            metrics[HopTask.LooksAt(group.Length).Name] = group.Steps;
            metrics[HopTask.RightAt(group.Length).Name] = group.Accuracy.Value;
        }

        return metrics;
    }

    public virtual void Dispose() => reader.Dispose();

    /// <summary>Reads tables as in use: a table that has been answered is not read any further.</summary>
    internal HopReading Read(HopBatch batch, Read? mode, Generator generator) => reader.Attention.ReadAs(mode, () => Read(batch, generator));

    /// <summary>The loss, what was said [B], and the expected or actual number of looks [B].</summary>
    private protected abstract (Tensor Loss, Tensor Said, Tensor Steps) Train(HopBatch batch);

    private protected abstract HopReading Read(HopBatch batch, Generator generator);

    private static double Right(Tensor said, HopBatch batch) => said.eq(batch.Answer).to(torch.float64).mean().ToDouble();

    // The same numbers of looks, given to the wrong tables.
    private static double Dealt(HopReading reading, HopBatch batch, Generator generator)
    {
        if (reading.EachSaid is null) return double.NaN;
        var steps = reading.Steps.index_select(0, torch.randperm(batch.Count, torch.int64, generator: generator).to(reading.Steps.device));
        return Right(reading.EachSaid.gather(1, (steps - 1).unsqueeze(1)).squeeze(1), batch);
    }

    // ⌊m⌋ looks for some tables and ⌊m⌋ + 1 for the others, so that the mean is m.
    private static double SameForAll(HopReading reading, HopBatch batch)
    {
        if (reading.EachSaid is null) return double.NaN;
        var mean = reading.Steps.to(torch.float64).mean().ToDouble();
        var few = (long)Math.Floor(mean);
        double After(long looks) => Right(reading.EachSaid.select(1, Math.Min(looks, reading.EachSaid.shape[1]) - 1), batch);
        return After(few) + (mean - few) * (After(few + 1) - After(few));
    }
}
