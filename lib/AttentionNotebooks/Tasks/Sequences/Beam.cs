namespace AttentionNotebooks;

/// <summary>The K beginnings of every example, R = B·K rows, those of an example one below the other.</summary>
/// <param name="Width">K.</param>
/// <param name="Last">[R] int64, the last token of each.</param>
/// <param name="LogProbability">log p [R]; −∞ in a row where nothing lives.</param>
/// <param name="State">What the decoder goes on from, each [R, …].</param>
internal sealed record Beam(int Width, Tensor Last, Tensor LogProbability, IReadOnlyList<Tensor> State) : IDisposable
{
    /// <summary>[R, t] int64, all tokens after the start; null before the first.</summary>
    public Tensor? Tokens { get; init; }

    /// <summary>α [R, t, N], where the decoder looked for each; null where it did not say.</summary>
    public Tensor? Attended { get; init; }

    /// <summary>The beginning before the first token: one row of an example lives, or all would grow alike.</summary>
    public static Beam Of(IReadOnlyList<Tensor> state, int width, int start)
    {
        var examples = state[0].shape[0];
        foreach (var part in state)
        {
            if (part.dim() == 0 || part.shape[0] != examples) throw new ArgumentException($"state has a tensor [{string.Join(", ", part.shape)}], expected {examples} rows.", nameof(state));
        }

        var rows = examples * width;
        var living = torch.arange(rows, device: state[0].device).remainder(width).eq(0);
        var logProbability = torch.zeros(rows, torch.float64, state[0].device).masked_fill(living.logical_not(), double.NegativeInfinity);
        return new(width, torch.full([rows], start, torch.int64, state[0].device), logProbability, [.. state.Select(part => part.repeat_interleave(width, 0))]);
    }

    /// <summary>The K best of all beginnings that are longer by a token.</summary>
    public Beam Grow(DecoderStep step)
    {
        // The K best of all are among the K best of each, and those are cheap to find.
        var (likeliest, tokens) = step.LogProbabilities.topk((int)Math.Min(Width, step.LogProbabilities.shape[1]));
        var each = likeliest.shape[1];
        var all = LogProbability.unsqueeze(1) + likeliest;
        var (best, place) = all.reshape(all.shape[0] / Width, Width * each).topk(Width);
        var first = torch.arange(0, all.shape[0], Width, torch.int64, device: place.device).unsqueeze(1);
        var rows = (place.floor_divide(each) + first).flatten();
        var token = tokens.reshape(all.shape[0] / Width, Width * each).gather(1, place).flatten();
        return new(Width, token, best.flatten(), [.. step.State.Select(part => part.index_select(0, rows))])
        {
            Tokens = Longer(Tokens, token, rows),
            Attended = step.Attended is null ? null : Longer(Attended, step.Attended.index_select(0, rows), rows),
        };
    }

    /// <summary>Each example's best beginning among some.</summary>
    /// <param name="among">Boolean [R].</param>
    /// <param name="penalty">What log-probabilities are divided by.</param>
    /// <returns>Its score is −∞ where there is none.</returns>
    public Decoded Best(Tensor among, double penalty)
    {
        var scores = (LogProbability / penalty).masked_fill(among.logical_not(), double.NegativeInfinity).reshape(LogProbability.shape[0] / Width, Width);
        var (score, place) = scores.max(1);
        var rows = torch.arange(0, LogProbability.shape[0], Width, torch.int64, device: place.device) + place;
        return new(Tokens!.index_select(0, rows), torch.full_like(rows, Tokens!.shape[1]), LogProbability.index_select(0, rows), score)
        {
            Attended = Attended?.index_select(0, rows),
        };
    }

    /// <summary>The same, where some no longer live.</summary>
    public Beam Without(Tensor ended) => this with { LogProbability = LogProbability.masked_fill(ended, double.NegativeInfinity) };

    /// <summary>The best log-probability of each example, [B].</summary>
    public Tensor Highest() => LogProbability.reshape(LogProbability.shape[0] / Width, Width).amax([1]);

    /// <summary>Hands every tensor to the scope around the current one.</summary>
    public Beam MoveToOuterDisposeScope()
    {
        foreach (var tensor in All()) tensor.MoveToOuterDisposeScope();
        return this;
    }

    public void Dispose()
    {
        foreach (var tensor in All()) tensor.Dispose();
    }

    private IEnumerable<Tensor> All() => ((Tensor?[])[Last, LogProbability, Tokens, Attended, .. State]).OfType<Tensor>();

    // [R, t, …] and [R, …] to [R, t + 1, …].
    private static Tensor Longer(Tensor? before, Tensor next, Tensor rows) =>
        before is null ? next.unsqueeze(1) : torch.cat([before.index_select(0, rows), next.unsqueeze(1)], 1);
}
