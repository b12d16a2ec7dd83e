namespace AttentionNotebooks;

/// <summary>
/// Between hard and soft: K different locations, drawn one after the other, each from what the earlier ones left (Kool et al. 2019, §2.3; Xie &amp; Ermon 2019),
/// mixed by their weights: c = Σ α v / Σ α over them. With K = 1 it is <see cref="Sampled"/>, with K = N <see cref="Expected"/>.
/// </summary>
/// <remarks>The log-probability is that of the sequence, log p = Σₖ log (α_zₖ / (1 − Σⱼ﹤ₖ α_zⱼ)). A gradient reaches the scores through the shares, and through an estimator.</remarks>
public sealed class WithoutReplacement : Read
{
    private readonly int count;

    /// <summary>Makes the read.</summary>
    /// <param name="count">K ≥ 1; where fewer locations have weight, these are read.</param>
    /// <exception cref="ArgumentOutOfRangeException">K is below 1.</exception>
    public WithoutReplacement(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        this.count = count;
    }

    /// <inheritdoc/>
    public override AttentionResult Take(Locations locations, Values values, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(locations);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = torch.NewDisposeScope();
        var selection = locations.Share(Draw(locations.Weights.detach(), generator));
        return new AttentionResult(At(values, selection), locations)
        {
            Choice = selection.Choice,
            Shares = locations.Spread(selection),
            LogProbability = LogProbability(locations, selection.Choice),
            Entropy = locations.Entropy(),
        }.MoveReadToOuterDisposeScope();
    }

    // The K first to arrive of exponential waiting times with rates α: the Gumbel-top-k trick   Kool 2019, §2.3
    private Tensor Draw(Tensor weights, Generator generator)
    {
        var uniform = RandomNumbers.Uniform(weights.shape, torch.float64, weights.device, generator).clamp_min(double.Epsilon);
        var waiting = -uniform.log() / weights.to(torch.float64);
        var (_, first) = waiting.topk((int)Math.Min(count, weights.shape[2]), largest: false);
        return first;
    }

    private static Tensor LogProbability(Locations locations, Tensor choice)
    {
        var nothing = choice < 0;
        var each = locations.Weights.gather(-1, choice.clamp_min(0)).masked_fill(nothing, 0);
        // What was left before each draw: all that is never drawn, and what is drawn from then on.
        var never = (locations.Weights * (1 - locations.Hot(choice))).sum(-1, keepdim: true);
        var left = never + each.flip(-1).cumsum(-1).flip(-1);
        return (each.masked_fill(nothing, 1) / left.masked_fill(nothing, 1)).log().sum(-1);
    }
}
