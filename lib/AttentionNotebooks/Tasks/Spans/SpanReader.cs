namespace AttentionNotebooks;

/// <summary>K heads that look back by distance: e_k(x) is a learned number for each distance x, and an <see cref="AdaptiveSpan"/> says how far a head may look.</summary>
public sealed class SpanReader : torch.nn.Module<Tensor, Tensor>
{
    private readonly int heads;
    private readonly int longest;
    private readonly Parameter score;
    private readonly AdaptiveSpan span;
    private readonly Linear say;

    /// <summary>Makes a reader, with weights drawn from the generator.</summary>
    /// <param name="task">What it reads.</param>
    /// <param name="initialSpan">z at the start, in 0..S.</param>
    /// <param name="learned">Whether spans are learned; if not, they stay.</param>
    /// <param name="generator">Where the initial weights come from.</param>
    public SpanReader(SpanTask task, double initialSpan, bool learned, Generator generator) : base(nameof(SpanReader))
    {
        ArgumentNullException.ThrowIfNull(task);
        (heads, longest) = (task.Heads, task.Longest);
        score = torch.nn.Parameter(torch.zeros(heads, longest));
        say = torch.nn.Linear(heads * SpanTask.Symbols, 2 * SpanTask.Symbols);
        // Not registered yet: spans are no weights to be drawn.
        span = new AdaptiveSpan(heads, longest, SpanTask.Ramp, initialSpan);
        Initialization.DrawNarrow(say, generator);
        using (torch.no_grad()) score.copy_(RandomNumbers.Uniform(score.shape, score.dtype, score.device, generator));
        foreach (var parameter in span.parameters()) parameter.requires_grad = learned;
        RegisterComponents();
    }

    /// <summary>The mean span, a scalar with a gradient.</summary>
    internal Tensor MeanSpan() => span.MeanSpan();

    /// <summary>z + R of each head, at most S.</summary>
    internal double[] Reaches()
    {
        using var scope = torch.NewDisposeScope();
        return [.. span.Spans().to(torch.float64).cpu().data<double>().ToArray().Select(z => Math.Min(longest, z + SpanTask.Ramp))];
    }

    /// <summary>Reads series.</summary>
    /// <param name="series">int64 [B, T].</param>
    /// <returns>The scores of symbols, [B, T, 2, V]: near and far.</returns>
    public override Tensor forward(Tensor series)
    {
        Shape.Require(series, nameof(series), "B", "T");
        using var scope = torch.NewDisposeScope();
        var (b, t) = (series.shape[0], series.shape[1]);
        var symbols = torch.nn.functional.one_hot(series, SpanTask.Symbols).to(score.dtype);
        // c_k = Σ a_k(x) v(t − x), the same for all series
        var contexts = torch.einsum("ktn,bnv->btkv", Attend(t), symbols);
        return say.call(contexts.reshape(b, t, heads * SpanTask.Symbols)).reshape(b, t, 2, SpanTask.Symbols).MoveToOuterDisposeScope();
    }

    /// <summary>The weights by distance at the end of a series, [K, S], the head that reaches least first.</summary>
    internal float[,] Profile()
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var order = Reaches().Select((reach, head) => (reach, head)).OrderBy(pair => pair.reach).Select(pair => (long)pair.head).ToArray();
        var last = Attend(longest).select(1, longest - 1).flip(1).index_select(0, torch.tensor(order, device: score.device));
        return HeatMap.Matrix(last.cpu().contiguous().data<float>().ToArray(), heads);
    }

    // a [K, T, T]: at place t, of each place n ≤ t that lies less than S back.
    private Tensor Attend(long t)
    {
        var places = torch.arange(t, torch.int64, score.device);
        var distances = places.unsqueeze(1) - places.unsqueeze(0);
        var allowed = (distances >= 0) & (distances < longest);
        var within = distances.clamp(0, longest - 1);
        var scores = score.index_select(1, within.flatten()).reshape(heads, t, t).masked_fill(allowed.logical_not(), double.NegativeInfinity);
        return span.call(torch.nn.functional.softmax(scores, -1).unsqueeze(0), within.to(score.dtype)).squeeze(0);
    }
}
