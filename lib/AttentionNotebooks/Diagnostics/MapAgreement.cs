using System.Globalization;

namespace AttentionNotebooks;

/// <summary>How much the attention maps of models agree that differ in their seed alone, as the mean over all pairs of seeds and all examples (Jain &amp; Wallace 2019, §3; Wiegreffe &amp; Pinter 2019, §4).</summary>
/// <param name="TotalVariation">½ Σ |α − α′|, 0 for the same map, 1 for maps without a common location.</param>
/// <param name="JensenShannon">The Jensen–Shannon divergence, in nats, 0..log 2.</param>
/// <param name="SameTop">How often both attend most to the same location, in 0..1.</param>
/// <param name="Spearman">The rank correlation of the weights, −1..1.</param>
public sealed record MapAgreement(double TotalVariation, double JensenShannon, double SameTop, double Spearman)
{
    /// <summary>Compares maps.</summary>
    /// <param name="maps">α [S, B, N] of S ≥ 2 seeds; each row sums to 1.</param>
    /// <exception cref="ArgumentException">There is one seed only.</exception>
    public static MapAgreement Of(Tensor maps)
    {
        Shape.Require(maps, nameof(maps), "S", "B", "N");
        var seeds = maps.shape[0];
        if (seeds < 2) throw new ArgumentException($"maps has {seeds} seed; agreement is between at least 2.", nameof(maps));
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var pairs = Enumerable.Range(0, (int)seeds).SelectMany(i => Enumerable.Range(i + 1, (int)seeds - i - 1).Select(j => (i, j))).ToArray();
        var exact = maps.to(torch.float64);
        var (one, other) = (Gather(exact, pairs.Select(pair => pair.i)), Gather(exact, pairs.Select(pair => pair.j)));
        var middle = (one + other) / 2;
        return new MapAgreement(
            ((one - other).abs().sum(-1) / 2).mean().ToDouble(),
            (Concentration.Entropy(middle) - (Concentration.Entropy(one) + Concentration.Entropy(other)) / 2).mean().ToDouble(),
            one.argmax(-1).eq(other.argmax(-1)).to(torch.float64).mean().ToDouble(),
            Correlation(Ranks(one), Ranks(other)).mean().ToDouble());
    }

    /// <summary>The four in words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"total variation {TotalVariation:F3}, Jensen–Shannon {JensenShannon:F3} nats, same top {100 * SameTop:F1} %, Spearman {Spearman:F3}");

    private static Tensor Gather(Tensor maps, IEnumerable<int> seeds) => maps.index_select(0, torch.tensor(seeds.Select(seed => (long)seed).ToArray(), device: maps.device));

    // Equal weights share the mean of their ranks.
    private static Tensor Ranks(Tensor weights)
    {
        var (column, row) = (weights.unsqueeze(-1), weights.unsqueeze(-2));
        return (row < column).sum(-1).to(torch.float64) + (row.eq(column).sum(-1).to(torch.float64) + 1) / 2;
    }

    // Of a map that is the same everywhere there is no correlation: 0.
    private static Tensor Correlation(Tensor x, Tensor y)
    {
        var (a, b) = (x - x.mean([-1], keepdim: true), y - y.mean([-1], keepdim: true));
        var norm = (a.square().sum(-1) * b.square().sum(-1)).sqrt();
        return (a * b).sum(-1) / norm.masked_fill(norm <= 0, 1);
    }
}
