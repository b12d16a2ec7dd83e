namespace AttentionNotebooks;

/// <summary>
/// The energy of monotonic attention (Raffel et al. 2017, §2.4): e = g vᵀ/‖v‖ tanh(W q + U k + b) + r, the additive score with a learned scale g and a learned offset r.
/// A sigmoid, unlike a softmax, sees the offset: it says how readily the process stops, and begins below 0 so that it first moves on.
/// </summary>
/// <remarks>Both are kept as what is added to their beginning: an initialisation that sets biases to 0 leaves them.</remarks>
public sealed class NormalizedAdditiveScore : Score
{
    private readonly double firstScale;
    private readonly double firstOffset;
    private readonly AdditiveScore additive;
    private readonly Parameter scale;
    private readonly Parameter offset;

    /// <summary>Makes the additive score, the scale and the offset.</summary>
    /// <param name="queryFeatures">Dq, the features of a query.</param>
    /// <param name="keyFeatures">Dk, the features of a key.</param>
    /// <param name="hiddenFeatures">H, the width of the hidden layer, rows of W and U.</param>
    /// <param name="offset">Where r begins: below 0, the lower the longer the sequences.</param>
    /// <param name="scale">Where g begins; null for 1/√H, as in the paper, where all energies are near r at first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A width is below 1, or offset or scale is no finite number.</exception>
    public NormalizedAdditiveScore(long queryFeatures, long keyFeatures, long hiddenFeatures, double offset = -1, double? scale = null) : base(nameof(NormalizedAdditiveScore))
    {
        if (!double.IsFinite(offset)) throw new ArgumentOutOfRangeException(nameof(offset), offset, "The offset is a finite number.");
        if (scale is { } first && !double.IsFinite(first)) throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale is a finite number.");
        (firstScale, firstOffset) = (scale ?? (1 / Math.Sqrt(hiddenFeatures)), offset);
        additive = new AdditiveScore(queryFeatures, keyFeatures, hiddenFeatures);
        this.scale = torch.nn.Parameter(torch.zeros(1));
        this.offset = torch.nn.Parameter(torch.zeros(1));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor query, Tensor keys, Past? past)
    {
        using var scope = torch.NewDisposeScope();
        // e = g vᵀ/‖v‖ tanh(W q + U k + b) + r   Raffel 2017, §2.4
        var energy = additive.forward(query, keys, past) * ((firstScale + scale) / additive.Combination.norm());
        return (energy + firstOffset + offset).MoveToOuterDisposeScope();
    }
}
