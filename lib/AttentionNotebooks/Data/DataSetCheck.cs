namespace AttentionNotebooks;

/// <summary>What is there of a data set.</summary>
/// <param name="Set">The set.</param>
/// <param name="Files">Each of its files, or the one folder that serves instead.</param>
public sealed record DataSetCheck(DataSetEntry Set, IReadOnlyList<DataCheck> Files)
{
    /// <summary>Is all of it there, and right?</summary>
    public bool IsWhole => State == DataSetState.Whole;

    /// <summary>What it comes to.</summary>
    public DataSetState State
    {
        get
        {
            var (right, missing) = (Files.Count(file => file.State == DataState.Ok), Files.Count(file => file.State == DataState.Missing));
            return right + missing < Files.Count ? DataSetState.Damaged
                : missing == 0 ? DataSetState.Whole
                : right == 0 ? DataSetState.Missing : DataSetState.Partly;
        }
    }
}

/// <summary>What a check of a data set found.</summary>
public enum DataSetState
{
    /// <summary>Every file is what it should be.</summary>
    Whole,

    /// <summary>No file is there.</summary>
    Missing,

    /// <summary>Some files are there, and right; others are not there.</summary>
    Partly,

    /// <summary>A file is not what it should be.</summary>
    Damaged,
}
