namespace AttentionNotebooks;

/// <summary>A data file is missing or is not what it should be. The message names the file, what is wrong and what to do.</summary>
public sealed class DataFileException : IOException
{
    /// <summary>Says what is wrong with a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What is wrong and what to do, as a sentence that follows the file's name.</param>
    /// <param name="innerException">What the platform said, if it said something.</param>
    public DataFileException(string path, string problem, Exception? innerException = null)
        : base($"{path}: {problem}", innerException) => Path = path;

    /// <summary>The file, or the folder where it was looked for.</summary>
    public string Path { get; }
}
