namespace AttentionNotebooks;

/// <summary>How large a translator is.</summary>
/// <param name="Word">E, the features of a word.</param>
/// <param name="Hidden">H, the features of the decoder's state and of what is read; the encoder has half of them each way.</param>
public sealed record TranslatorSize(int Word, int Hidden)
{
    internal void Require()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Word, 1);
        if (Hidden < 2 || Hidden % 2 != 0) throw new ArgumentOutOfRangeException(nameof(Hidden), Hidden, "The features of the state are an even number: half of them read ahead, half back.");
    }
}
