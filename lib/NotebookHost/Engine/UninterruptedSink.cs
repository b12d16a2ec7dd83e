namespace NotebookHost;

/// <summary>Lets no interrupt tear an output apart: the thread of a cell is not stopped within a <c>finally</c>.</summary>
internal sealed class UninterruptedSink(IOutputSink sink) : IOutputSink
{
    public void Stream(StreamName name, string text) => Whole(() => sink.Stream(name, text));

    public void Display(MimeBundle data, string displayId) => Whole(() => sink.Display(data, displayId));

    public void UpdateDisplay(MimeBundle data, string displayId) => Whole(() => sink.UpdateDisplay(data, displayId));

    public void Result(MimeBundle data) => Whole(() => sink.Result(data));

    public void Error(CellError error) => Whole(() => sink.Error(error));

    public void ClearOutput(bool wait) => Whole(() => sink.ClearOutput(wait));

    private static void Whole(Action output)
    {
        try
        {
        }
        finally
        {
            output();
        }
    }
}
