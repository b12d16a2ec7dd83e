namespace AttentionNotebooks;

/// <summary>Some sentences in a tensor, the shorter ones filled up after their end.</summary>
/// <param name="Words">[B, N] int64, numbers of a <see cref="Vocabulary"/>, <see cref="Vocabulary.Padding"/> after the end.</param>
/// <param name="Mask">Boolean [B, N], true at words.</param>
/// <param name="Labels">[B] int64, the classes.</param>
/// <param name="Reasons">Boolean [B, N], true at the words that give the class; false everywhere where nobody says.</param>
public sealed record SentenceBatch(Tensor Words, Tensor Mask, Tensor Labels, Tensor Reasons)
{
    /// <summary>B.</summary>
    public long Count => Words.shape[0];

    /// <summary>The batch on a device: itself if it is there.</summary>
    /// <param name="device">Where its model is.</param>
    public SentenceBatch To(torch.Device device) => Words.device_type == device.type ? this : new(Words.On(device), Mask.On(device), Labels.On(device), Reasons.On(device));

    /// <summary>The same sentences with some of their words unknown: what is drawn anew for every step cannot be learned by heart (word dropout, Iyyer et al. 2015, §4).</summary>
    /// <param name="share">How likely each word is to be unknown, in 0..1.</param>
    /// <param name="generator">Where the randomness comes from.</param>
    /// <returns>New words; the rest is shared.</returns>
    public SentenceBatch Forget(double share, Generator generator)
    {
        using var scope = torch.NewDisposeScope();
        var forgotten = RandomNumbers.Uniform(Words.shape, torch.float32, Words.device, generator).lt(share).logical_and(Mask);
        return this with { Words = Words.masked_fill(forgotten, Vocabulary.Unknown).MoveToOuterDisposeScope() };
    }

    /// <summary>Hands every tensor to the scope around the current one.</summary>
    /// <returns>The batch itself.</returns>
    public SentenceBatch MoveToOuterDisposeScope()
    {
        foreach (var tensor in (Tensor[])[Words, Mask, Labels, Reasons]) tensor.MoveToOuterDisposeScope();
        return this;
    }
}
