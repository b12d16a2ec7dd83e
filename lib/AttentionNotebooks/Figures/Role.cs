namespace AttentionNotebooks;

/// <summary>What a line, bar or box stands for; its colour follows, the same in every notebook (see <see cref="Palette"/>).</summary>
public enum Role
{
    /// <summary>Attention that weighs all locations.</summary>
    Soft,

    /// <summary>Attention that chooses.</summary>
    Hard,

    /// <summary>Some of both.</summary>
    Hybrid,

    /// <summary>Weights of which many are exactly zero.</summary>
    Sparse,

    /// <summary>What the others are compared with: random, or centre only.</summary>
    Control,

    /// <summary>Theory, enumeration, the true answer. Drawn dashed.</summary>
    Exact,
}
