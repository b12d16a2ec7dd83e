namespace AttentionNotebooks;

/// <summary>A mask with one row for each step, whether it was given for the example or for the step.</summary>
internal static class StepMask
{
    /// <summary>Checks a mask and gives it a row for each of T steps.</summary>
    /// <param name="mask">Boolean [B, N] or [B, T, N]; null allows all.</param>
    /// <param name="b">B.</param>
    /// <param name="t">T.</param>
    /// <param name="n">N.</param>
    /// <param name="device">Where a mask that allows all is made.</param>
    /// <returns>Boolean [B, T, N], a view of the mask where there is one.</returns>
    /// <exception cref="ArgumentException">The shape or dtype does not fit.</exception>
    public static Tensor Of(Tensor? mask, long b, long t, long n, torch.Device? device = null)
    {
        if (mask is null) return torch.ones(b, t, n, dtype: torch.@bool, device: device);
        if (mask.dtype != torch.ScalarType.Bool)
            throw new ArgumentException($"mask has dtype {mask.dtype}, expected Bool, true where a location may be attended to.", nameof(mask));
        if (mask.dim() == 2)
        {
            Shape.Require(mask, nameof(mask), b, n);
            return mask.unsqueeze(1).expand(b, t, n);
        }

        Shape.Require(mask, nameof(mask), b, t, n);
        return mask.alias();
    }
}
