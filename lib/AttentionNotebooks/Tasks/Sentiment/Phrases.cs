namespace AttentionNotebooks;

/// <summary>What a few words say that end at a location, p_n = ReLU(W [x_{n−w+1}; …; x_n] + b) (Kim 2014, eq. 2): “not good” at “good”.</summary>
/// <remarks>With w = 1 it is the word alone. A phrase is computed only where it is asked for.</remarks>
public sealed class Phrases : torch.nn.Module<Tensor, Tensor>
{
    private readonly Linear combine;
    private readonly long width;

    /// <summary>Makes the layer.</summary>
    /// <param name="features">E, the features of a word.</param>
    /// <param name="width">w ≥ 1, how many words.</param>
    /// <param name="phraseFeatures">D, the features of a phrase.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public Phrases(long features, long width, long phraseFeatures) : base(nameof(Phrases))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(phraseFeatures, 1);
        this.width = width;
        combine = torch.nn.Linear(features * width, phraseFeatures);
        RegisterComponents();
    }

    /// <summary>The phrases that end at each word; before the first word there is nothing, 0.</summary>
    /// <param name="words">x [B, N, E].</param>
    /// <returns>p [B, N, D].</returns>
    public override Tensor forward(Tensor words)
    {
        Shape.Require(words, nameof(words), "B", "N", "E");
        using var scope = torch.NewDisposeScope();
        var windows = Begun(words).unfold(1, width, 1).transpose(2, 3).flatten(2);
        return combine.call(windows).relu().MoveToOuterDisposeScope();
    }

    /// <summary>The phrases that end at some words only.</summary>
    /// <param name="words">x [B, N, E].</param>
    /// <param name="locations">int64 [B, M], in 0..N−1.</param>
    /// <returns>p [B, M, D].</returns>
    public Tensor At(Tensor words, Tensor locations)
    {
        Shape.Require(words, nameof(words), "B", "N", "E");
        Shape.Require(locations, nameof(locations), words.shape[0], "M");
        using var scope = torch.NewDisposeScope();
        var (b, m, e) = (words.shape[0], locations.shape[1], words.shape[2]);
        var window = (locations.unsqueeze(-1) + torch.arange(width, torch.int64, words.device)).reshape(b, m * width, 1);
        var windows = Begun(words).gather(1, window.expand(-1, -1, e)).reshape(b, m, width * e);
        return combine.call(windows).relu().MoveToOuterDisposeScope();
    }

    private Tensor Begun(Tensor words) => torch.cat([words.new_zeros(words.shape[0], width - 1, words.shape[2]), words], 1);
}
