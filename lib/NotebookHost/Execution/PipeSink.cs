namespace NotebookHost;

/// <summary>The notebook's end of the pipe. Each message is written through at once: what was shown before a crash has arrived.</summary>
internal sealed class PipeSink(Stream pipe) : IOutputSink
{
    private readonly Lock _lock = new();

    public void Stream(StreamName name, string text) => Send(new StreamText(name, text));

    public void Display(MimeBundle data, string displayId) => Send(new Displayed(data, displayId));

    public void UpdateDisplay(MimeBundle data, string displayId) => Send(new DisplayUpdated(data, displayId));

    public void Result(MimeBundle data) => Send(new ResultShown(data));

    public void Error(CellError error) => Send(new ErrorRaised(error));

    public void ClearOutput(bool wait) => Send(new OutputCleared(wait));

    public void Send(ExecutionMessage message)
    {
        byte[] line = System.Text.Encoding.UTF8.GetBytes(message.ToLine() + "\n");
        lock (_lock)
        {
            pipe.Write(line);
            pipe.Flush();
        }
    }
}
