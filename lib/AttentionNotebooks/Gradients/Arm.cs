namespace AttentionNotebooks;

/// <summary>
/// Antithetic draws from the same noise, compared with each other; nothing is learned (Yin &amp; Zhou 2019, ARM, eq. 7, for gates; Yin, Yue &amp; Zhou 2019, ARS, eq. 7, for one location of N).
/// </summary>
/// <remarks>
/// Gates take two runs of the model on each batch, one location of N takes N: with the noise of location c and that of one reference swapped, for every c.
/// For choices made side by side, in one act of attention (T steps of one call); others are refused.
/// </remarks>
public sealed class Arm : GradientEstimator
{
    /// <summary>Makes the estimator.</summary>
    public Arm() : base(nameof(Arm))
    {
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The model attends more than once in a run.</exception>
    public override Tensor Surrogate(Func<Read?, Outcome> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var scope = torch.NewDisposeScope();
        var first = new Antithetic(0, null, scope);
        List<Outcome> runs = [run(first)];
        for (var swap = 1; swap < first.Count; swap++) runs.Add(run(new Antithetic(swap, first.Noise, scope)));
        var losses = torch.stack([.. runs.Select(each => each.Losses)]);
        if (!first.Trains) return losses.mean().MoveToOuterDisposeScope();

        var costs = torch.stack([.. runs.Select(each => each.Judged())]);
        var batch = Math.Max(1, losses.shape[1]);
        return (losses.mean() + first.Inject(first.Estimate(costs)) / batch).MoveToOuterDisposeScope();
    }

    // Chooses by noise that is shared between the runs, each time arranged in another way.
    private sealed class Antithetic(int swap, Tensor? noise, DisposeScope owner) : OneAct(owner)
    {
        /// <summary>How many runs there are to be.</summary>
        public long Count { get; private set; } = 1;

        public Tensor? Noise { get; private set; } = noise;

        /// <summary>The gradient at the logits.</summary>
        /// <param name="costs">[C, B], what each arrangement cost.</param>
        public Tensor[] Estimate(Tensor costs)
        {
            if (Locations is Gates)
            {
                // (ℓ(u > σ(−φ)) − ℓ(u < σ(φ))) (u − ½)   Yin & Zhou 2019, eq. 7
                return [(costs[0] - costs[1]).reshape(-1, 1, 1) * (Noise! - 0.5)];
            }

            // (ℓ(z^{c⇌0}) − mean over c) (1 − C π₀) at each c   Yin, Yue & Zhou 2019, eq. 7
            var compared = (costs - costs.mean([0])).transpose(0, 1).unsqueeze(1);
            var gradient = compared * (1 - Count * Noise!.narrow(-1, 0, 1));
            return Locations!.Logits.Count == 1 ? [gradient] : gradient.split([Count - 1, 1], -1);
        }

        private protected override Tensor Choose(Locations locations, Generator generator)
        {
            using var scope = torch.NewDisposeScope();
            using var _ = torch.no_grad();
            var logits = torch.cat([.. locations.Logits], -1);
            Noise ??= Keep(Draw(locations, logits, generator));
            Count = locations is Gates ? 2 : logits.shape[2];
            var choice = locations is Gates ? Open(locations, logits) : First(logits);
            return choice.MoveToOuterDisposeScope();
        }

        private static Tensor Draw(Locations locations, Tensor logits, Generator generator)
        {
            var uniform = RandomNumbers.Uniform(logits.shape, logits.dtype, logits.device, generator);
            if (locations is Gates) return uniform;
            // Exponentials over their sum: Dirichlet(1, …, 1).
            var exponential = -uniform.clamp_min(1e-30).log();
            return exponential / exponential.sum(-1, keepdim: true);
        }

        private Tensor Open(Locations locations, Tensor logits)
        {
            var open = swap == 0 ? Noise! > (-logits).sigmoid() : Noise! < logits.sigmoid();
            return Gates.Choose(open.logical_and(locations.Weights > 0));
        }

        // z = argmin_i π_i exp(−φ_i), with the noise of c and 0 swapped   Yin, Yue & Zhou 2019, eq. 3
        private Tensor First(Tensor logits)
        {
            var n = logits.shape[2];
            var order = Enumerable.Range(0, (int)n).Select(i => i == swap ? 0L : i == 0 ? swap : i).ToArray();
            var swapped = Noise!.index_select(-1, torch.tensor(order, device: Noise.device));
            var first = (swapped.log() - logits).argmin(-1, keepdim: true);
            // The outcome after the last location is that nothing is chosen.
            return first.masked_fill(first >= Locations!.Weights.shape[2], AttentionNotebooks.Locations.Nothing);
        }
    }
}
