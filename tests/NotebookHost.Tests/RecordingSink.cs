namespace NotebookHost.Tests;

/// <summary>Keeps what a cell shows, as the outputs of one cell.</summary>
internal sealed class RecordingSink : IOutputSink
{
    private CellOutputs _outputs = new();

    public CellError? Failure { get; private set; }

    public List<MimeBundle> Results { get; } = [];

    public List<MimeBundle> Displays { get; } = [];

    public System.Text.Json.Nodes.JsonArray Outputs => _outputs.ToJson(1);

    public void Reset()
    {
        _outputs = new CellOutputs();
        Failure = null;
        Results.Clear();
        Displays.Clear();
    }

    public void Stream(StreamName name, string text) => _outputs.Apply(new StreamText(name, text));

    public void Display(MimeBundle data, string displayId)
    {
        Displays.Add(data);
        _outputs.Apply(new Displayed(data, displayId));
    }

    public void UpdateDisplay(MimeBundle data, string displayId) => _outputs.TryUpdate(new DisplayUpdated(data, displayId));

    public void Result(MimeBundle data)
    {
        Results.Add(data);
        _outputs.Apply(new ResultShown(data));
    }

    public void Error(CellError error)
    {
        Failure = error;
        _outputs.Apply(new ErrorRaised(error));
    }

    public void ClearOutput(bool wait) => _outputs.Apply(new OutputCleared(wait));
}
