namespace NotebookHost;

/// <summary>There are no notebooks to run; the message says where they were looked for.</summary>
internal sealed class SeriesNotFoundException : Exception
{
    public SeriesNotFoundException(string message)
        : base(message)
    {
    }
}
