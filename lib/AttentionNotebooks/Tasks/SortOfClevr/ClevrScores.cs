namespace AttentionNotebooks;

/// <summary>Sums hits over batches, each metric over the questions that it is about.</summary>
internal sealed class ClevrScores
{
    public const string Relational = "relational";
    public const string NonRelational = "non-relational";
    public const string Pointing = "pointing";
    public const string SecondPointing = "second pointing";

    private readonly Dictionary<string, (double Hits, double Count)> sums = new(StringComparer.Ordinal);

    /// <summary>Adds a batch.</summary>
    public void Add(ClevrReading reading, ClevrBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var (name, hits, of) in Main(reading, batch).Concat(Further(reading, batch)))
        {
            var (sum, count) = sums.GetValueOrDefault(name);
            sums[name] = (sum + (hits * of).sum().ToDouble(), count + of.sum().ToDouble());
        }
    }

    /// <summary>The share of hits of every metric; not a number for pointing without attention.</summary>
    public IReadOnlyDictionary<string, double> Shares()
    {
        var shares = sums.ToDictionary(sum => sum.Key, sum => sum.Value.Hits / sum.Value.Count, StringComparer.Ordinal);
        shares.TryAdd(Pointing, double.NaN);
        return shares;
    }

    /// <summary>The metrics to watch while training: hits [B, Q], and which questions they are about [B, Q], both float32.</summary>
    public static IEnumerable<(string Name, Tensor Hits, Tensor Of)> Main(ClevrReading reading, ClevrBatch batch)
    {
        var right = Right(reading, batch);
        var types = batch.Questions.narrow(-1, SortOfClevr.Colours.Count, 2);
        yield return (Relational, right, types.select(-1, 1));
        yield return (NonRelational, right, types.select(-1, 0));
        if (reading.Hops.Count > 0) yield return (Pointing, Points(reading.Hops[0].Weights, batch.Asked), torch.ones_like(right));
    }

    // Each kind of question by itself, and whether the second glimpse finds the closest or the furthest.
    private static IEnumerable<(string Name, Tensor Hits, Tensor Of)> Further(ClevrReading reading, ClevrBatch batch)
    {
        var right = Right(reading, batch);
        foreach (var kind in Enum.GetValues<ClevrQuestionKind>()) yield return (kind.ToString().ToLowerInvariant(), right, Asks(batch.Questions, kind));
        if (reading.Hops.Count < 2) yield break;
        var distant = Asks(batch.Questions, ClevrQuestionKind.Closest) + Asks(batch.Questions, ClevrQuestionKind.Furthest);
        yield return (SecondPointing, Points(reading.Hops[1].Weights, batch.Decisive), distant);
    }

    private static Tensor Right(ClevrReading reading, ClevrBatch batch) => reading.Logits.argmax(-1).eq(batch.Answers).to(torch.float32);

    private static Tensor Asks(Tensor questions, ClevrQuestionKind kind)
    {
        var code = new ClevrQuestion(0, kind);
        Span<float> ones = stackalloc float[ClevrQuestion.CodeLength];
        code.Encode(ones);
        ones[0] = 0;
        // Type and subtype both fit.
        return questions.matmul(torch.tensor(ones.ToArray(), device: questions.device)).eq(2).to(torch.float32);
    }

    private static Tensor Points(Tensor weights, Tensor boxes) =>
        PointingGame.CentreInside(weights.reshape(-1, 1, weights.shape[2]), boxes.reshape(-1, 4), ClevrEye.Places).reshape(boxes.shape[0], boxes.shape[1]);
}
