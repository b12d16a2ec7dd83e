namespace NotebookHost;

/// <summary>No browser to draw with: the message says what is wrong and what to do.</summary>
internal sealed class ChromiumException : Exception
{
    public ChromiumException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
