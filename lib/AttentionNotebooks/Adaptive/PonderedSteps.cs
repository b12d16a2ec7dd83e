namespace AttentionNotebooks;

/// <summary>All steps of a computation that could have halted at any of them.</summary>
/// <param name="Outputs">y [B, N, O], what each step would have said.</param>
/// <param name="Halting">p [B, N], how probable it is to halt there.</param>
public sealed record PonderedSteps(Tensor Outputs, HaltingDistribution Halting)
{
    /// <summary>The loss of each example, L = Σₙ pₙ ℓₙ + β KL(p‖prior) (Banino et al. 2021, eq. 5–6).</summary>
    /// <param name="losses">ℓ [B, N], the loss that the output of each step would have.</param>
    /// <param name="prior">Such as <see cref="HaltingDistribution.Geometric"/>, over the same N steps.</param>
    /// <param name="regularization">β ≥ 0.</param>
    /// <returns>[B].</returns>
    /// <exception cref="ArgumentException">A shape does not fit; the message names the tensor.</exception>
    public Tensor Loss(Tensor losses, HaltingDistribution prior, double regularization = 0.01)
    {
        if (!(regularization >= 0)) throw new ArgumentOutOfRangeException(nameof(regularization), regularization, "β is 0 or more.");
        using var scope = torch.NewDisposeScope();
        // L = Σₙ pₙ ℓₙ + β KL(p‖p_G)   Banino 2021, eq. 5–6
        return (Halting.Expected(losses) + regularization * Halting.Divergence(prior)).MoveToOuterDisposeScope();
    }
}
