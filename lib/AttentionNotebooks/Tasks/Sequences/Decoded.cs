namespace AttentionNotebooks;

/// <summary>The best sequence that a search found for each example.</summary>
/// <param name="Tokens">[B, T] int64: the tokens with the end as the last, then padding; T as long as the longest.</param>
/// <param name="Lengths">[B] int64, how many tokens each has, the end included; 0 where every sequence is impossible.</param>
/// <param name="LogProbability">log p [B] float64, in nats, of the sequence with its end.</param>
/// <param name="Score">[B] float64, what sequences were compared by: the log-probability divided by the length penalty.</param>
public sealed record Decoded(Tensor Tokens, Tensor Lengths, Tensor LogProbability, Tensor Score) : IDisposable
{
    /// <summary>α [B, T, N], where the decoder looked for each token, 0 after the end; null where it did not say.</summary>
    public Tensor? Attended { get; init; }

    /// <summary>The sequences as numbers without end and padding.</summary>
    public IReadOnlyList<int[]> ToNumbers()
    {
        using var scope = torch.NewDisposeScope();
        var (tokens, lengths, width) = (Tokens.cpu().contiguous().data<long>().ToArray(), Lengths.cpu().data<long>().ToArray(), (int)Tokens.shape[1]);
        return [.. lengths.Select((length, i) => tokens.Skip(i * width).Take((int)Math.Max(0, length - 1)).Select(token => (int)token).ToArray())];
    }

    /// <summary>Hands every tensor to the scope around the current one.</summary>
    /// <returns>The record itself.</returns>
    public Decoded MoveToOuterDisposeScope()
    {
        foreach (var tensor in All()) tensor.MoveToOuterDisposeScope();
        return this;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in All()) tensor.Dispose();
    }

    /// <summary>Without the steps after the end of all.</summary>
    internal Decoded Trimmed()
    {
        var lengths = Lengths.masked_fill(Score.isneginf(), 0);
        var longest = lengths.shape[0] == 0 ? 0 : lengths.max().ToInt64();
        var after = torch.arange(longest, device: lengths.device).unsqueeze(0) >= lengths.unsqueeze(1);
        return new(Tokens.narrow(1, 0, longest).masked_fill(after, Vocabulary.Padding), lengths, LogProbability.alias(), Score.alias())
        {
            Attended = Attended?.narrow(1, 0, longest).masked_fill(after.unsqueeze(-1), 0),
        };
    }

    private IEnumerable<Tensor> All() => ((Tensor?[])[Tokens, Lengths, LogProbability, Score, Attended]).OfType<Tensor>();
}
