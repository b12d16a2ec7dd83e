namespace AttentionNotebooks;

/// <summary>Some pairs of sentences as numbers, all padded to the longest.</summary>
/// <param name="Source">[B, N] int64: the words to translate, <see cref="Vocabulary.End"/> after the last.</param>
/// <param name="SourceLengths">[B] int64, how many each has, the end included.</param>
/// <param name="Target">[B, T] int64: the words of the translation, the end after the last.</param>
public sealed record TranslationBatch(Tensor Source, Tensor SourceLengths, Tensor Target) : IDisposable
{
    /// <summary>Boolean [B, T], true after the end of the translation.</summary>
    public Tensor After { get; } = Target.eq(Vocabulary.Padding);

    /// <summary>[M] int64, which of the B·T places of the translations hold a word or an end.</summary>
    public Tensor Places { get; } = PlacesOf(Target);

    /// <summary>B, how many pairs there are.</summary>
    public long Count => Target.shape[0];

    /// <summary>M, how many words the translations have, ends included.</summary>
    public long WordCount => Places.shape[0];

    /// <summary>The batch on a device: itself if it is there.</summary>
    /// <param name="device">Where its model is.</param>
    public TranslationBatch To(torch.Device device) => Target.device_type == device.type ? this : new(Source.On(device), SourceLengths.On(device), Target.On(device));

    /// <summary>The word before each of the translation, [B, T] int64; the caller's.</summary>
    public Tensor Before()
    {
        using var scope = torch.NewDisposeScope();
        var start = torch.full([Count, 1], Vocabulary.Start, torch.int64, Target.device);
        return torch.cat([start, Target.narrow(1, 0, Target.shape[1] - 1)], 1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[Source, SourceLengths, Target, After, Places]) tensor.Dispose();
    }

    private static Tensor PlacesOf(Tensor target)
    {
        using var scope = torch.NewDisposeScope();
        return target.flatten().ne(Vocabulary.Padding).nonzero().squeeze(1).MoveToOuterDisposeScope();
    }
}
