namespace AttentionNotebooks;

/// <summary>
/// What each word means where it stands: residual layers h ← h + ReLU(W ∗ h), each of width 3 and twice as far apart as the one before
/// (dilated convolutions, Yu &amp; Koltun 2016; for sentences Strubell et al. 2017).
/// </summary>
/// <remarks>
/// Three layers see 7 words to either side. A recurrent network would see all, for a hundred times the operations, one after the other.
/// Padding is 0 in every layer, as what lies before the first word is: a state does not depend on what else is in the batch.
/// </remarks>
public sealed class SentenceEncoder : torch.nn.Module<Tensor, Tensor, Tensor>
{
    private readonly ModuleList<Conv1d> layers;

    /// <summary>Makes the layers.</summary>
    /// <param name="features">E, the features of a word, and of its state.</param>
    /// <param name="depth">L, how many layers; they see 2^L − 1 words to either side.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public SentenceEncoder(long features, int depth = 3) : base(nameof(SentenceEncoder))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        layers = [.. Enumerable.Range(0, depth).Select(layer => torch.nn.Conv1d(features, features, kernel_size: 3, padding: 1L << layer, dilation: 1L << layer))];
        RegisterComponents();
    }

    /// <summary>Reads sentences.</summary>
    /// <param name="words">x [B, N, E].</param>
    /// <param name="mask">Boolean [B, N], true at words.</param>
    /// <returns>h [B, N, E]; 0 at padding.</returns>
    public override Tensor forward(Tensor words, Tensor mask)
    {
        Shape.Require(words, nameof(words), "B", "N", "E");
        Shape.Require(mask, nameof(mask), words.shape[0], words.shape[1]);
        using var scope = torch.NewDisposeScope();
        var real = mask.unsqueeze(1);
        var state = words.transpose(1, 2) * real;
        foreach (var layer in layers) state = state + layer.call(state).relu() * real;
        return state.transpose(1, 2).MoveToOuterDisposeScope();
    }
}
