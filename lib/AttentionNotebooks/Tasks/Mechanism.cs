namespace AttentionNotebooks;

/// <summary>A way to attend, with the way to train it, under a name: what one task after the other is given, with nothing else changed.</summary>
/// <param name="Name">What it is called in tables and charts.</param>
/// <param name="Role">Its colour there.</param>
/// <param name="Distribution">Makes the distribution.</param>
/// <param name="Read">Makes the read that it is trained with.</param>
/// <param name="Modes">The reads that it is tested with, the usual one first.</param>
public sealed record Mechanism(string Name, Role Role, Func<Distribution> Distribution, Func<Read> Read, IReadOnlyList<Read> Modes)
{
    /// <summary>Makes the estimator it is trained by, from F, how many features of an example a learned baseline may look at. It stays in place, inert, where nothing is left to chance.</summary>
    public Func<long, GradientEstimator> Estimator { get; init; } = _ => new Reinforce();

    /// <summary>Whether scores decide where it looks; if not, it is a control with <see cref="UniformScore"/> in their place.</summary>
    public bool Aims { get; init; } = true;

    /// <summary>Changes the read as training goes on; it is given how much of the run is over, 0..1, before each step. Null where nothing changes.</summary>
    public Action<Read, double>? Anneal { get; init; }

    /// <summary>The attention of a new model.</summary>
    /// <param name="score">Makes the score that the task takes.</param>
    public Attention Over(Func<Score> score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return new Attention(Aims ? score() : new UniformScore(), Distribution(), Read());
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
