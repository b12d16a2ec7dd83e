namespace AttentionNotebooks;

/// <summary>A reader of token sequences with its estimator, on the sequences of a task.</summary>
/// <param name="reader">The reader; disposed of with the model, as is the estimator.</param>
/// <param name="estimator">How to train through its selection; inert where there is none.</param>
/// <param name="task">The task.</param>
internal sealed class TokenModel(TokenReader reader, GradientEstimator estimator, TokenTask task) : ITaskModel
{
    // The share of the steps before λ rises, and after it has risen.
    private const double Free = 0.3;

    public IReadOnlyList<torch.nn.Module> Modules => [reader, estimator];

    public TrainingStep Step(TrainingMoment moment)
    {
        using var batch = TokenBatch.Draw(moment.BatchSize, task.Tokens, task.Cards, moment.Generator);
        var sequences = batch.To(reader.Device());
        return TrainingStep.Of(
            estimator,
            _ => reader.call(sequences, moment.Generator),
            reading => Judge(reading, sequences, moment.Progress),
            reading => Measure(reading, sequences).Where(metric => metric.Key != TokenTask.Kept.Name).ToDictionary(StringComparer.Ordinal));
    }

    public IReadOnlyDictionary<string, double> Test(Read? mode, Generator generator) => Test(null);

    /// <summary>Tests with a selection that is drawn, or the more likely one where there is no generator.</summary>
    public IReadOnlyDictionary<string, double> Test(Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var batch = task.TestSequences.To(reader.Device());
        return Measure(reader.call(batch, generator), batch).ToDictionary(metric => metric.Key, metric => metric.Value.ToDouble(), StringComparer.Ordinal);
    }

    /// <summary>One test sequence, alone.</summary>
    public TokenLook Look(int sequence)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var batch = task.TestSequences.At(sequence);
        var reading = reader.call(batch.To(reader.Device()), null);
        bool[] Of(Tensor selected) => selected[0].cpu().data<bool>().ToArray();
        return new TokenLook((float[,])reading.Attended.Weights[0].to(torch.float32).cpu().contiguous().data<float>().ToNDArray(), Of(reading.Heads), Of(reading.Dependents), batch.Names(), (int)batch.Question.ToInt64(), (int)batch.Card.ToInt64());
    }

    public void Dispose()
    {
        reader.Dispose();
        estimator.Dispose();
    }

    // λ · (heads + dependents) / 2N is added to what the selection is judged by   after Shen 2018
    // λ rises while training, after a while without: a token that nobody knows how to read is not worth its price.
    private Outcome Judge(TokenReading reading, TokenBatch batch, double progress)
    {
        var losses = Losses(reading, batch);
        var price = task.Price * Math.Clamp((progress - Free) / (1 - 2 * Free), 0, 1);
        var selected = (reading.Heads.to(losses.dtype).mean([1L]) + reading.Dependents.to(losses.dtype).mean([1L])) / 2;
        return new Outcome(losses, reading.Attended) { Costs = losses.detach() + price * selected };
    }

    private static Tensor Losses(TokenReading reading, TokenBatch batch) =>
        torch.nn.functional.cross_entropy(reading.Logits, batch.Answer, reduction: torch.nn.Reduction.None);

    private static Dictionary<string, Tensor> Measure(TokenReading reading, TokenBatch batch) => new(StringComparer.Ordinal)
    {
        ["loss"] = Losses(reading, batch).mean(),
        [TokenTask.Accuracy.Name] = reading.Logits.argmax(-1).eq(batch.Answer).to(torch.float32).mean(),
        [TokenTask.Kept.Name] = reading.Kept(batch).mean(),
        [TokenTask.Pairs.Name] = reading.Pairs().mean() / Math.Pow(reading.Heads.shape[1], 2),
    };
}
