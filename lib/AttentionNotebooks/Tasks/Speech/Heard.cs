namespace AttentionNotebooks;

/// <summary>What a <see cref="Listener"/> makes of a batch.</summary>
/// <param name="States">h [B, N, D], 0 after the end of each signal.</param>
/// <param name="Mask">[B, N] boolean, true where the signal lasts.</param>
public sealed record Heard(Tensor States, Tensor Mask)
{
    /// <summary>The mean of the states of each signal, [B, D]; no gradient.</summary>
    public Tensor Overview()
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        return (States.sum([1]) / Mask.sum(1, keepdim: true)).MoveToOuterDisposeScope();
    }
}
