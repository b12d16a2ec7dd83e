namespace AttentionNotebooks;

/// <summary>Tables of cards that lead to one another, each with a question.</summary>
/// <param name="Names">k [B, N, D], what each card is found by.</param>
/// <param name="Contents">v [B, N, D + A], what stands on each card: the name of another, or its own and an answer.</param>
/// <param name="Path">int64 [B, N]: the cards in the order in which they are to be read, as far as <paramref name="Length"/>, then the others.</param>
/// <param name="Length">int64 [B], how many cards there are to read.</param>
/// <param name="Answer">int64 [B] in 0..A−1, what stands at the end.</param>
public sealed record HopBatch(Tensor Names, Tensor Contents, Tensor Path, Tensor Length, Tensor Answer) : IDisposable
{
    /// <summary>B, how many tables.</summary>
    public long Count => Answer.shape[0];

    /// <summary>s₀ [B, D + A]: the name of the card that is asked for, and no answer yet.</summary>
    /// <returns>The caller's.</returns>
    public Tensor Question()
    {
        using var scope = torch.NewDisposeScope();
        var (b, d) = (Count, Names.shape[2]);
        var asked = Names.gather(1, Path.narrow(1, 0, 1).unsqueeze(2).expand(b, 1, d)).squeeze(1);
        return torch.cat([asked, asked.new_zeros(b, Contents.shape[2] - d)], 1).MoveToOuterDisposeScope();
    }

    /// <summary>The batch on a device: itself if it is there.</summary>
    /// <param name="device">Where its model is.</param>
    public HopBatch To(torch.Device device) =>
        Names.device_type == device.type ? this : new(Names.On(device), Contents.On(device), Path.On(device), Length.On(device), Answer.On(device));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[Names, Contents, Path, Length, Answer]) tensor.Dispose();
    }
}
