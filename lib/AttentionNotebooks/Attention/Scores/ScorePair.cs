namespace AttentionNotebooks;

/// <summary>Two scores for each location, for a distribution that needs two: <see cref="HardKuma"/>'s shapes, <see cref="Mocha"/>'s stopping and chunk energies.</summary>
public sealed class ScorePair : Score
{
    private readonly Score first;
    private readonly Score second;

    /// <summary>Takes the two scores.</summary>
    public ScorePair(Score first, Score second) : base(nameof(ScorePair))
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        this.first = first;
        this.second = second;
        RegisterComponents();
    }

    /// <summary>Scores every location for every query, twice.</summary>
    /// <returns>Scores [B, T, N, 2].</returns>
    /// <inheritdoc cref="Score.forward"/>
    public override Tensor forward(Tensor query, Tensor keys, Past? past)
    {
        using var scope = torch.NewDisposeScope();
        return torch.stack([first.call(query, keys, past), second.call(query, keys, past)], -1).MoveToOuterDisposeScope();
    }
}
