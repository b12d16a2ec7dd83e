namespace AttentionNotebooks;

/// <summary>Writes a translation word by word, and looks at the sentence for each.</summary>
public abstract class Decoder : torch.nn.Module
{
    /// <summary>Names the decoder after its class.</summary>
    private protected Decoder(string name) : base(name)
    {
    }

    /// <summary>Where and how it looks.</summary>
    public abstract Attention Attention { get; }

    /// <summary>Prepares to write translations that are known, all that does not depend on where it will look.</summary>
    /// <param name="annotations">The sentences.</param>
    /// <param name="inputs">[B, T, E], the vector of the word before each.</param>
    /// <param name="posterior">q [B, T, N], to look by instead, and to record the decoder's own distribution as the prior (<see cref="Variational"/>); null for none.</param>
    /// <returns>Writes; it may be called several times, to look elsewhere each time. It takes where a random read draws from.</returns>
    public abstract Func<Generator?, Written> Prepare(Annotations annotations, Tensor inputs, Locations? posterior = null);

    /// <summary>Writes one word.</summary>
    /// <param name="annotations">The sentences.</param>
    /// <param name="input">[B, E], the vector of the word before.</param>
    /// <param name="state">s [B, H], where the decoder is.</param>
    /// <param name="generator">Where a random read draws from.</param>
    /// <returns>What it has to say, with T = 1, and where it is now, [B, H].</returns>
    public abstract (Written Written, Tensor State) Next(Annotations annotations, Tensor input, Tensor state, Generator? generator);
}
