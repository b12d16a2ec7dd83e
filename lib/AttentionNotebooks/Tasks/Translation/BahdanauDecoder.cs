namespace AttentionNotebooks;

/// <summary>
/// The decoder of Bahdanau et al. (2015, §3.1 and A.2.2): c = attend(s′, h), s = GRU(s′, [y′; c]), and a readout of s, y′ and c.
/// What was read enters the state, so one step follows on another, and a choice matters to all that come.
/// </summary>
/// <remarks>The readout is tanh in place of the paper's maxout.</remarks>
public sealed class BahdanauDecoder : Decoder
{
    private readonly GRUCell recur;
    private readonly Attention attention;
    private readonly Linear combine;

    /// <summary>Makes the layers.</summary>
    /// <param name="attention">What is read of a sentence: any score of H and H features, any distribution, any read that remembers nothing.</param>
    /// <param name="wordFeatures">E, the features of a word.</param>
    /// <param name="hidden">H, the features of the state, of the query, and of what is read.</param>
    public BahdanauDecoder(Attention attention, long wordFeatures, long hidden) : base(nameof(BahdanauDecoder))
    {
        ArgumentNullException.ThrowIfNull(attention);
        this.attention = attention;
        recur = torch.nn.GRUCell(wordFeatures + hidden, hidden);
        combine = torch.nn.Linear(2 * hidden + wordFeatures, wordFeatures);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Attention Attention => attention;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">There is a posterior: it would have to know what was read before.</exception>
    public override Func<Generator?, Written> Prepare(Annotations annotations, Tensor inputs, Locations? posterior = null)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        ArgumentNullException.ThrowIfNull(inputs);
        if (posterior is not null) throw new NotSupportedException("Where one choice follows on another, a posterior of one step alone is none. Take Luong's decoder.");
        return generator =>
        {
            using var scope = torch.NewDisposeScope();
            var (state, steps) = (annotations.Start, new List<Written>());
            foreach (var input in inputs.unbind(1))
            {
                (var written, state) = Next(annotations, input, state, generator);
                steps.Add(written);
            }

            var all = new Written(torch.cat([.. steps.Select(step => step.Readout)], 1), torch.cat([.. steps.Select(step => step.Known)], 1), [.. steps.SelectMany(step => step.Attended)]);
            return all.MoveToOuterDisposeScope();
        };
    }

    /// <inheritdoc/>
    public override (Written Written, Tensor State) Next(Annotations annotations, Tensor input, Tensor state, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        ArgumentNullException.ThrowIfNull(state);
        using var scope = torch.NewDisposeScope();
        var query = state.unsqueeze(1);
        var attended = attention.forward(query, annotations.Keys, annotations.States, annotations.Mask, generator);
        var context = attended.Context.squeeze(1);
        // s = GRU(s′, [y′; c])   Bahdanau 2015, A.2.2
        var next = recur.call(torch.cat([input, context], -1), state);
        var readout = combine.call(torch.cat([next, context, input], -1)).tanh();
        return (new Written(readout.unsqueeze(1), query, [attended]).MoveToOuterDisposeScope(), next.MoveToOuterDisposeScope());
    }
}
