namespace NotebookHost;

/// <summary>
/// Lets no interrupt tear an output apart: the thread of a cell is not stopped within a <c>finally</c>. And an interrupted cell shows no more:
/// one that prints in a loop ends where it prints, before its thread has to be torn out of it, which the runtime does not always survive.
/// </summary>
/// <param name="sink">Where outputs go.</param>
/// <param name="isOver">Whether the thread that asks runs a cell that was interrupted.</param>
internal sealed class UninterruptedSink(IOutputSink sink, Func<bool> isOver) : IOutputSink
{
    public void Stream(StreamName name, string text) => Whole(() => sink.Stream(name, text));

    public void Display(MimeBundle data, string displayId) => Whole(() => sink.Display(data, displayId));

    public void UpdateDisplay(MimeBundle data, string displayId) => Whole(() => sink.UpdateDisplay(data, displayId));

    public void Result(MimeBundle data) => Whole(() => sink.Result(data));

    public void Error(CellError error) => Whole(() => sink.Error(error));

    public void ClearOutput(bool wait) => Whole(() => sink.ClearOutput(wait));

    private void Whole(Action output)
    {
        if (isOver())
            throw new CellInterruptedException();
        try
        {
        }
        finally
        {
            output();
        }
    }
}
