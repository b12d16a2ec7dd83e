using System.Text;
using System.Text.Json.Nodes;

namespace NotebookHost;

/// <summary>
/// The kernel's end: outputs as Jupyter's messages to all front ends. Text is collected for a moment, so that a loop of prints is some messages and not thousands;
/// whatever else is shown waits for the text before it.
/// </summary>
/// <param name="publish">Sends a message of a type that belongs to a request.</param>
internal sealed class JupyterSink(Action<string, JsonObject, JupyterRequest?> publish) : IOutputSink, IDisposable
{
    private const int MostCharacters = 1 << 20;

    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly PlotlyDelivery _plotly = new();
    private StreamName _stream;
    private Timer? _timer;
    private JupyterRequest? _request;

    /// <summary>All that comes from now on belongs to this request, also what an earlier cell left running.</summary>
    public void Begin(JupyterRequest request)
    {
        lock (_lock)
        {
            SendText();
            _request = request;
        }
    }

    public void Stream(StreamName name, string text)
    {
        lock (_lock)
        {
            if (name != _stream)
                SendText();
            _stream = name;
            _text.Append(text);
            if (_text.Length >= MostCharacters)
                SendText();
            else if (_text.Length == text.Length)
                (_timer ??= new Timer(_ => Flush())).Change(_moment, Timeout.InfiniteTimeSpan);
        }
    }

    public void Display(MimeBundle data, string displayId) => Show("display_data", data, displayId);

    public void UpdateDisplay(MimeBundle data, string displayId) => Show("update_display_data", data, displayId);

    public void Result(MimeBundle data) => Show("execute_result", data, null);

    public void Error(CellError error) => Send("error", JupyterError.Content(error));

    public void ClearOutput(bool wait) => Send("clear_output", new JsonObject { ["wait"] = wait });

    /// <summary>Sends the text that is waiting.</summary>
    public void Flush()
    {
        lock (_lock)
            SendText();
    }

    public void Dispose()
    {
        Flush();
        _timer?.Dispose();
    }

    /// <summary>The number of the running cell.</summary>
    public int ExecutionCount { get; set; }

    private void Show(string type, MimeBundle data, string? displayId)
    {
        lock (_lock)
        {
            if (_plotly.Before(data) is { } script)
            {
                Send("display_data", Data(script, PlotlyDelivery.DisplayId));
                Send("update_display_data", Data(PlotlyDelivery.Remains, PlotlyDelivery.DisplayId));
            }

            Send(type, Data(data, displayId));
        }
    }

    private JsonObject Data(MimeBundle data, string? displayId)
    {
        var content = new JsonObject { ["data"] = data.ToJson(), ["metadata"] = new JsonObject() };
        if (displayId is null)
            content["execution_count"] = ExecutionCount;
        else
            content["transient"] = new JsonObject { ["display_id"] = displayId };
        return content;
    }

    private void Send(string type, JsonObject content)
    {
        lock (_lock)
        {
            SendText();
            publish(type, content, _request);
        }
    }

    private void SendText()
    {
        if (_text.Length == 0)
            return;
        publish("stream", new JsonObject { ["name"] = _stream == StreamName.Stdout ? "stdout" : "stderr", ["text"] = _text.ToString() }, _request);
        _text.Clear();
    }
}
