namespace AttentionNotebooks;

/// <summary>What is there of one file of a data set.</summary>
/// <param name="Path">The file, or the folder that serves instead.</param>
/// <param name="State">What was found.</param>
/// <param name="Detail">What was found and what was expected, as words to show; empty if all is well.</param>
public sealed record DataCheck(string Path, DataState State, string Detail);

/// <summary>What a check of a data file found.</summary>
public enum DataState
{
    /// <summary>It is what it should be.</summary>
    Ok,

    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It has another number of bytes, or of files.</summary>
    OtherSize,

    /// <summary>It has another checksum.</summary>
    OtherChecksum,

    /// <summary>It is there and cannot be read.</summary>
    Unreadable,
}
