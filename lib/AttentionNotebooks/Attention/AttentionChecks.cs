namespace AttentionNotebooks;

/// <summary>Checks that cost a look at every number, and are therefore off unless they are asked for.</summary>
/// <remarks>Turn them on to find where a NaN comes from: unchecked, it spreads through the weights and shows in the loss.</remarks>
public static class AttentionChecks
{
    /// <summary>Whether scores are checked; for the whole process.</summary>
    public static bool Enabled { get; set; }

    /// <summary>Requires that no element is NaN.</summary>
    /// <exception cref="ArgumentException">One is; the message names the tensor and the first place.</exception>
    internal static void RequireNumbers(Tensor tensor, string name)
    {
        if (!Enabled) return;
        using var scope = torch.NewDisposeScope();
        var places = tensor.isnan().nonzero();
        if (places.shape[0] == 0) return;
        var first = string.Join(", ", places[0].cpu().data<long>().ToArray());
        throw new ArgumentException($"{name} has {places.shape[0]} NaN among {tensor.numel()} numbers, the first at [{first}]. Look at what computed it: a division by 0, the logarithm of a negative number, or weights that diverged.", name);
    }
}
