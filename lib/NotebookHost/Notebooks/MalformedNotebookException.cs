namespace NotebookHost;

/// <summary>A notebook that cannot be run as it stands: the message names the file, what is wrong, and what to do.</summary>
internal sealed class MalformedNotebookException : Exception
{
    public MalformedNotebookException(string path, string wrong, Exception? inner = null)
        : base($"{path}: {wrong}", inner)
    {
    }
}
