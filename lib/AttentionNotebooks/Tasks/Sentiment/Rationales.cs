namespace AttentionNotebooks;

/// <summary>The mechanisms that choose a rationale: each word has a gate of its own.</summary>
public static class Rationales
{
    /// <summary>Gates that are open or shut, drawn four times, each the others' baseline (Lei et al. 2016, with the baseline of Kool et al. 2019).</summary>
    public static Mechanism Bernoulli { get; } = new("rationale, Bernoulli", Role.Hard, () => new Sigmoid(), () => new Sampled(), [new MostLikely(), new Sampled()])
    {
        Estimator = _ => new Reinforce(new LeaveOneOut(), samples: 4),
    };

    /// <summary>The same gates, with the gradient of those that are in between (Bengio et al. 2013).</summary>
    public static Mechanism StraightThrough { get; } = new("rationale, straight-through", Role.Hard, () => new Sigmoid(), () => new StraightThrough(), [new MostLikely(), new Sampled()]);

    /// <summary>Gates that are open, shut or in between, drawn differentiably (Bastings et al. 2019).</summary>
    public static Mechanism HardKuma { get; } = new("rationale, HardKuma", Role.Hard, () => new HardKuma(), () => new Sampled(), [new MostLikely(), new Sampled()]);

    /// <summary>The control: every gate is open with probability ½.</summary>
    public static Mechanism Random { get; } = new("control, random rationale", Role.Control, () => new Sigmoid(), () => new Sampled(), [new Sampled()]) { Aims = false };
}
