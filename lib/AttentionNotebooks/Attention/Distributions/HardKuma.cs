namespace AttentionNotebooks;

/// <summary>
/// Gates that may be exactly shut or wide open and are yet trained by backpropagation alone (Bastings et al. 2019, §3):
/// the shapes of each location's Kumaraswamy variable are a = softplus(e₁ + c), b = softplus(e₂ + c), with c such that a score of 0 gives the uniform one, a = b = 1.
/// </summary>
/// <remarks>It takes two scores for each location (<see cref="ScorePair"/>). With one score e, e₁ = e and e₂ = −e: the higher, the further open.</remarks>
public sealed class HardKuma : Distribution
{
    // softplus(c) = 1
    private static readonly double Centre = Math.Log(Math.E - 1);

    /// <summary>Makes the gates.</summary>
    public HardKuma() : base(nameof(HardKuma))
    {
    }

    /// <inheritdoc/>
    private protected override int ScoresPerLocation => 2;

    /// <inheritdoc/>
    public override HardKumaGates forward(Tensor scores, Tensor? mask, Past? past, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        var (first, second) = scores.dim() == 4 ? (scores.select(-1, 0), scores.select(-1, 1)) : (scores, -scores);
        var forbidden = Forbidden(scores, mask).expand_as(first);
        var (a, b) = (Positive(first.masked_fill(forbidden, 0)), Positive(second.masked_fill(forbidden, 0)));
        var gates = new HardKumaGates(a, b, forbidden.alias());
        gates.MoveToOuterDisposeScope();
        return gates;
    }

    // Not quite 0, where a draw would have no derivative.
    private static Tensor Positive(Tensor score) => torch.nn.functional.softplus(score + Centre) + 1e-4;
}
