namespace AttentionNotebooks;

/// <summary>
/// Attention is three choices: score → distribution → read.
/// <c>new Attention(new AdditiveScore(…), new Softmax(), new Expected())</c> is Bahdanau's; write <c>new Sampled()</c>, and it is hard.
/// </summary>
public sealed class Attention : torch.nn.Module
{
    private readonly Score score;
    private readonly Distribution distribution;
    private Read read;

    /// <summary>Combines a score, a distribution and a read; any three fit.</summary>
    public Attention(Score score, Distribution distribution, Read read) : base(nameof(Attention))
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(distribution);
        ArgumentNullException.ThrowIfNull(read);
        this.score = score;
        this.distribution = distribution;
        this.read = read;
        RegisterComponents();
    }

    /// <summary>What is taken from the locations. It has no parameters, so a trained model can be evaluated with another one.</summary>
    /// <exception cref="ArgumentNullException">There is no read.</exception>
    public Read Read
    {
        get => read;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            read = value;
        }
    }

    /// <summary>Runs a model with another read in place, as evaluation does; its own is back afterwards.</summary>
    /// <param name="other">The read; null leaves the own one.</param>
    /// <param name="run">Runs the model.</param>
    public T ReadAs<T>(Read? other, Func<T> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var own = Read;
        Read = other ?? own;
        try
        {
            return run();
        }
        finally
        {
            Read = own;
        }
    }

    /// <summary>Attends.</summary>
    /// <param name="query">q [B, T, Dq]: what is looked for, in T steps.</param>
    /// <param name="keys">k [B, N, Dk]: what each of the N locations offers to be found by.</param>
    /// <param name="values">v [B, N, D]: what is read there; a tensor, or computed when it is read.</param>
    /// <param name="mask">Boolean [B, N] or [B, T, N], true where a location may be attended to; null allows all.</param>
    /// <param name="generator">Where randomness comes from; only a random read, or noise while training, needs it.</param>
    /// <param name="past">What earlier steps attended to; null at the first, and where score and distribution do without.</param>
    /// <param name="posterior">Reads from this distribution instead, and records the scores' own as the prior (<see cref="Variational"/>).</param>
    /// <exception cref="ArgumentException">A shape does not fit; the message names the tensor.</exception>
    /// <exception cref="ArgumentNullException">The read is random and there is no generator.</exception>
    public AttentionResult forward(Tensor query, Tensor keys, Values values, Tensor? mask = null, Generator? generator = null, Past? past = null, Locations? posterior = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(values);
        using var scope = torch.NewDisposeScope();
        if (posterior is null && FusedAttention.Applies(score, distribution, read, query, keys, values, mask))
        {
            var fused = FusedAttention.Read(query, keys, values.Present!, ((Softmax)distribution).Temperature);
            return new AttentionResult(fused, new DeferredLocations(score, distribution, query, keys)).MoveToOuterDisposeScope();
        }

        var locations = distribution.call(score.call(query, keys, past), mask, past, generator);
        values.RequireFit(locations.Weights);
        if (posterior is null) return read.Take(locations, values, generator).MoveToOuterDisposeScope();
        Shape.Require(posterior.Weights, nameof(posterior), locations.Weights.shape[0], locations.Weights.shape[1], locations.Weights.shape[2]);
        return (read.Take(posterior.Map(part => part.alias()), values, generator) with { Prior = locations }).MoveToOuterDisposeScope();
    }
}
