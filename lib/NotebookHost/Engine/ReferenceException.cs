namespace NotebookHost;

/// <summary>An <c>#r</c> that leads nowhere; the message says what to do.</summary>
internal sealed class ReferenceException : Exception
{
    public ReferenceException(string message)
        : base(message)
    {
    }
}
