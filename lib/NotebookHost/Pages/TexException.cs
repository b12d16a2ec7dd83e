namespace NotebookHost;

/// <summary>A formula that the converter does not understand.</summary>
internal sealed class TexException : Exception
{
    public TexException(string message)
        : base(message)
    {
    }
}
