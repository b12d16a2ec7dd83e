namespace AttentionNotebooks;

/// <summary>
/// Says where each word of a translation comes from when both are known: q(z | x, y), by which variational attention is trained, and which is gone when it translates
/// (Deng et al. 2018, §3 and appendix). A bidirectional GRU reads the translation, and each of its states is compared with all words of the sentence.
/// </summary>
public sealed class InferenceNetwork : torch.nn.Module
{
    private readonly BidirectionalGru read;
    private readonly GeneralScore score;
    private readonly Softmax distribution;

    /// <summary>Makes the layers, with weights drawn from the generator.</summary>
    /// <param name="size">How large the translator is.</param>
    /// <param name="generator">Where the initial weights come from.</param>
    public InferenceNetwork(TranslatorSize size, Generator generator) : base(nameof(InferenceNetwork))
    {
        ArgumentNullException.ThrowIfNull(size);
        size.Require();
        read = new BidirectionalGru(size.Word, size.Hidden / 2);
        score = new GeneralScore(size.Hidden, size.Hidden);
        distribution = new Softmax();
        RegisterComponents();
        Initialization.DrawNarrow(this, generator);
    }

    /// <summary>Infers.</summary>
    /// <param name="annotations">The sentences.</param>
    /// <param name="words">[B, T, E], the vectors of the translations' own words.</param>
    /// <param name="lengths">[B] int64, how many words each has.</param>
    /// <returns>q [B, T, N].</returns>
    public Locations Infer(Annotations annotations, Tensor words, Tensor lengths)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        using var scope = torch.NewDisposeScope();
        var (states, _) = read.call(words, lengths);
        return distribution.call(score.call(states, annotations.States), annotations.Mask).MoveToOuterDisposeScope();
    }
}
