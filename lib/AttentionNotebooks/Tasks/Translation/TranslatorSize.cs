namespace AttentionNotebooks;

/// <summary>How large a translator is.</summary>
/// <param name="Word">E, the features of a word.</param>
/// <param name="Hidden">H, the features of the decoder's state and of what is read; the encoder has half of them each way.</param>
/// <param name="Dropout">How likely each feature of a word is to be missing in a step of training, in 0..1 without 1 (Srivastava et al. 2014).</param>
public sealed record TranslatorSize(int Word, int Hidden, double Dropout = 0)
{
    internal void Require()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Word, 1);
        if (Dropout is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(Dropout), Dropout, "Dropout is a share, from 0 to less than 1.");
        if (Hidden < 2 || Hidden % 2 != 0) throw new ArgumentOutOfRangeException(nameof(Hidden), Hidden, "The features of the state are an even number: half of them read ahead, half back.");
    }
}
