using System.Globalization;
using System.Runtime.InteropServices;

namespace AttentionNotebooks;

/// <summary>How well a selection of tokens agrees with the true reasons (DeYoung et al. 2020, §4.1).</summary>
/// <param name="Precision">Of what was selected, how much is true, in 0..1; 1 where nothing was.</param>
/// <param name="Recall">Of what is true, how much was selected, in 0..1; 1 where nothing is.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RationaleScore(double Precision, double Recall)
{
    /// <summary>Their harmonic mean, in 0..1.</summary>
    public double F1 => Precision + Recall > 0 ? 2 * Precision * Recall / (Precision + Recall) : 0;

    /// <summary>Counts over all tokens of all examples together.</summary>
    /// <param name="selected">Boolean [B, N].</param>
    /// <param name="truth">Boolean [B, N], the true reasons.</param>
    /// <param name="mask">Boolean [B, N], false at padding; null for no padding.</param>
    public static RationaleScore Micro(Tensor selected, Tensor truth, Tensor? mask = null)
    {
        using var scope = torch.NewDisposeScope();
        var (hits, chosen, true_) = Counts(selected, truth, mask);
        return OfCounts(hits.sum().ToInt64(), chosen.sum().ToInt64(), true_.sum().ToInt64());
    }

    /// <summary>From counts, where the examples do not fit one batch.</summary>
    /// <param name="hits">How many tokens are selected and true.</param>
    /// <param name="selected">How many are selected.</param>
    /// <param name="truth">How many are true.</param>
    public static RationaleScore OfCounts(long hits, long selected, long truth) => new(Share(hits, selected), Share(hits, truth));

    /// <summary>The mean of each example's precision, and of its recall.</summary>
    /// <inheritdoc cref="Micro"/>
    public static RationaleScore Macro(Tensor selected, Tensor truth, Tensor? mask = null)
    {
        using var scope = torch.NewDisposeScope();
        var (hits, chosen, true_) = Counts(selected, truth, mask);
        Tensor Each(Tensor of) => torch.where(of > 0, hits.to(torch.float64) / of.clamp_min(1), 1.0);
        return new RationaleScore(Each(chosen).mean().ToDouble(), Each(true_).mean().ToDouble());
    }

    /// <summary>The average precision of weights as a ranking of tokens: the area under the precision–recall curve, in steps.</summary>
    /// <param name="weights">α [B, N].</param>
    /// <param name="truth">Boolean [B, N], the true reasons.</param>
    /// <param name="mask">Boolean [B, N], false at padding; null for no padding.</param>
    /// <returns>[B] float64, in 0..1; 1 where nothing is true. Tokens of equal weight count as one step, so the order among them does not matter.</returns>
    public static Tensor AveragePrecision(Tensor weights, Tensor truth, Tensor? mask = null)
    {
        Shape.Require(weights, nameof(weights), "B", "N");
        using var scope = torch.NewDisposeScope();
        var (real, _) = Real(truth, truth, mask);
        var counted = mask is null ? torch.ones_like(real) : mask;
        // For every token: how many have at least its weight, and how many of these are true.
        var atLeast = (weights.unsqueeze(1) >= weights.unsqueeze(2)).logical_and(counted.unsqueeze(1)).to(torch.float64);
        var precision = (atLeast * real.unsqueeze(1)).sum(-1) / atLeast.sum(-1).clamp_min(1);
        var trueCount = real.sum(-1);
        return torch.where(trueCount > 0, (precision * real).sum(-1) / trueCount.clamp_min(1), 1.0).MoveToOuterDisposeScope();
    }

    /// <summary>The three, in percent.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"precision {100 * Precision:F1} %, recall {100 * Recall:F1} %, F1 {100 * F1:F1} %");

    private static (Tensor Hits, Tensor Chosen, Tensor True) Counts(Tensor selected, Tensor truth, Tensor? mask)
    {
        var (chosen, real) = Real(selected, truth, mask);
        return (chosen.logical_and(real).sum(-1), chosen.sum(-1), real.sum(-1));
    }

    private static (Tensor Selected, Tensor Truth) Real(Tensor selected, Tensor truth, Tensor? mask)
    {
        Shape.Require(truth, nameof(truth), "B", "N");
        Shape.Require(selected, nameof(selected), truth.shape[0], truth.shape[1]);
        if (mask is null) return (selected, truth);
        Shape.Require(mask, nameof(mask), truth.shape[0], truth.shape[1]);
        return (selected.logical_and(mask), truth.logical_and(mask));
    }

    private static double Share(long part, long of) => of == 0 ? 1 : (double)part / of;
}
