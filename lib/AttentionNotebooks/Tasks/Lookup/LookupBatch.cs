namespace AttentionNotebooks;

/// <summary>Tables of cards, each with a question.</summary>
/// <param name="Query">q [B, 1, D], what is asked for.</param>
/// <param name="Keys">k [B, N, D], what each card can be found by.</param>
/// <param name="Wanted">[B] int64 in 0..N−1, which card is the right one.</param>
public sealed record LookupBatch(Tensor Query, Tensor Keys, Tensor Wanted) : IDisposable
{
    /// <summary>The batch on a device: itself if it is there.</summary>
    /// <param name="device">Where its model is.</param>
    public LookupBatch To(torch.Device device) =>
        Keys.device_type == device.type ? this : new(Query.On(device), Keys.On(device), Wanted.On(device));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[Query, Keys, Wanted]) tensor.Dispose();
    }

    /// <summary>Draws tables and questions.</summary>
    /// <param name="cards">What cards can be found by.</param>
    /// <param name="tables">B, how many.</param>
    /// <param name="generator">Where the randomness comes from.</param>
    internal static LookupBatch Draw(LookupCards cards, long tables, Generator generator)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var keys = cards.Keys(tables, generator);
        var wanted = torch.randint(cards.Count, [tables], torch.int64, generator: generator);
        var chosen = keys.gather(1, wanted.reshape(-1, 1, 1).expand(tables, 1, cards.Features));
        return new LookupBatch(cards.Ask(chosen, generator).MoveToOuterDisposeScope(), keys.MoveToOuterDisposeScope(), wanted.MoveToOuterDisposeScope());
    }
}
