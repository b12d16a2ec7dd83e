namespace AttentionNotebooks;

/// <summary>The Gumbel-max trick: z = argmax (log α + g) with independent Gumbel noise g is a draw from α (Gumbel 1954; Maddison et al. 2014).</summary>
internal static class Gumbel
{
    /// <summary>log α + g [B, T, N], with a gradient for α; −∞ where there is no weight, 0 in a row that has none at all.</summary>
    public static Tensor Perturb(Categorical locations, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = torch.NewDisposeScope();
        var none = locations.Weights <= 0;
        // Drawn in float64, where log(−log u) is finite at the smallest u > 0.
        var uniform = torch.rand(locations.Weights.shape, torch.float64, locations.Weights.device, generator: generator).clamp_min(double.Epsilon);
        var noise = uniform.log().neg().log().neg().to(locations.Weights.dtype);
        var perturbed = locations.LogWeights.masked_fill(none, 0) + noise;
        return perturbed.masked_fill(none, double.NegativeInfinity).masked_fill(none.all(-1, keepdim: true), 0).MoveToOuterDisposeScope();
    }
}
