namespace NotebookHost;

/// <summary>Whether what was typed so far can run.</summary>
internal enum Completeness
{
    Complete,
    Incomplete,

    /// <summary>No more typing at its end mends it.</summary>
    Invalid,
}
