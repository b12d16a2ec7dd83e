namespace AttentionNotebooks;

/// <summary>What the measurements say of a sentence.</summary>
public enum Verdict
{
    /// <summary>Not enough is known.</summary>
    Undecided,

    /// <summary>It holds wherever it was measured.</summary>
    Supported,

    /// <summary>It holds nowhere where it was measured, and somewhere the opposite is known.</summary>
    NotSupported,

    /// <summary>It holds in one place and not in another.</summary>
    Depends,
}
