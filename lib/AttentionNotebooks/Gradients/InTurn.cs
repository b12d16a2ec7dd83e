namespace AttentionNotebooks;

/// <summary>Reads one of all possible choices: a number counts through them, the first step's choice as its lowest digit.</summary>
/// <param name="number">Which, from 0.</param>
/// <param name="together">Whether all steps make the same choice, as they may where no loss depends on two of them.</param>
/// <param name="owner">Keeps what the read saw.</param>
internal sealed class InTurn(long number, bool together, DisposeScope owner) : Probe(owner)
{
    private readonly List<Tensor> logProbabilities = [];
    private long divisor = 1;

    /// <summary>How many choices there are for all steps, once the model has run.</summary>
    public double Count { get; private set; } = 1;

    /// <summary>How many there are for one step.</summary>
    public long CountOfOne { get; private set; } = 1;

    /// <summary>log p [B, T] of the choices that were read; −∞ where one cannot be made.</summary>
    public Tensor LogProbability() => torch.cat(logProbabilities, -1);

    public override AttentionResult Take(Locations locations, Values values, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(locations);
        using var scope = torch.NewDisposeScope();
        var (b, t, n) = (locations.Weights.shape[0], locations.Weights.shape[1], locations.Weights.shape[2]);
        var possibilities = locations switch
        {
            Categorical { LogNothing: null } => n,
            Categorical => n + 1,
            BernoulliGates => 1L << (int)Math.Min(n, 30),
            _ => throw new InvalidOperationException($"{locations.GetType().Name} cannot be enumerated: they are not discrete. Their draws are differentiable; use Sampled and backpropagate."),
        };
        var steps = Enumerable.Range(0, (int)t).SelectMany(_ => Decode(locations, Next(possibilities), n)).ToArray();
        var choice = torch.tensor(steps, [1, t, t == 0 ? 1 : steps.Length / t], device: locations.Weights.device).expand(b, -1, -1);
        (Count, CountOfOne) = (Count * Math.Pow(possibilities, t), Math.Max(CountOfOne, possibilities));
        logProbabilities.Add(Keep(LogProbability(locations, choice)));
        return new Chosen(choice).Take(locations, values, generator).MoveReadToOuterDisposeScope();
    }

    private long Next(long possibilities)
    {
        if (together) return number;
        var digit = number / divisor % possibilities;
        divisor *= possibilities;
        return digit;
    }

    private static IEnumerable<long> Decode(Locations locations, long digit, long n) => locations is Categorical
        ? [digit < n ? digit : Locations.Nothing]
        : Enumerable.Range(0, (int)n).Select(location => (digit >> location & 1) == 1 ? location : Locations.Nothing);

    private static Tensor LogProbability(Locations locations, Tensor choice)
    {
        var logProbability = locations.LogProbability(choice)!;
        // To open a gate that is masked is impossible.
        if (locations is not Categorical { LogNothing: null }) return logProbability.masked_fill(locations.Hot(choice).gt(0).logical_and(locations.Weights <= 0).any(-1), double.NegativeInfinity);
        // A row that can attend to nothing does so whatever the choice: together the choices are certain.
        var empty = locations.Weights.amax([-1]) <= 0;
        return logProbability.masked_fill(empty, -Math.Log(locations.Weights.shape[2]));
    }
}
