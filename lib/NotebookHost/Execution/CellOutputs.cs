using System.Text;
using System.Text.Json.Nodes;

namespace NotebookHost;

/// <summary>The outputs of one cell as they come in: consecutive text of one stream is one output, an update replaces its display.</summary>
internal sealed class CellOutputs
{
    private readonly List<Item> _items = [];
    private bool _clearNext;

    public void Apply(ExecutionMessage message)
    {
        if (message is OutputCleared cleared)
        {
            _clearNext = true;
            if (!cleared.Wait)
                ClearIfDue();
            return;
        }

        ClearIfDue();
        switch (message)
        {
            case StreamText stream:
                AddText(stream.Name, stream.Text);
                break;
            case Displayed display:
                _items.Add(new Data(display.Data, display.DisplayId));
                break;
            case ResultShown result:
                _items.Add(new Data(result.Data, null));
                break;
            case ErrorRaised error:
                _items.Add(new Failure(error.Error));
                break;
            default:
                throw new ArgumentException($"{message.GetType().Name} is no output of a cell.", nameof(message));
        }
    }

    /// <returns>False when no display of this cell has the id.</returns>
    public bool TryUpdate(DisplayUpdated update)
    {
        int index = _items.FindIndex(item => item is Data data && string.Equals(data.DisplayId, update.DisplayId, StringComparison.Ordinal));
        if (index >= 0)
            _items[index] = new Data(update.Data, update.DisplayId);
        return index >= 0;
    }

    public JsonArray ToJson(int executionCount) => [.. _items.Select(item => item.ToJson(executionCount))];

    private void AddText(StreamName name, string text)
    {
        if (_items is not [.., Text last] || last.Name != name)
            _items.Add(last = new Text(name));
        last.Content.Append(text);
    }

    private void ClearIfDue()
    {
        if (_clearNext)
            _items.Clear();
        _clearNext = false;
    }

    private abstract class Item
    {
        public abstract JsonObject ToJson(int executionCount);
    }

    private sealed class Text(StreamName name) : Item
    {
        public StreamName Name => name;

        public StringBuilder Content { get; } = new();

        public override JsonObject ToJson(int executionCount) => new()
        {
            ["output_type"] = "stream",
            ["name"] = name == StreamName.Stdout ? "stdout" : "stderr",
            ["text"] = MultilineText.Write(Content.ToString()),
        };
    }

    private sealed class Data(MimeBundle bundle, string? displayId) : Item
    {
        public string? DisplayId => displayId;

        public override JsonObject ToJson(int executionCount)
        {
            var json = new JsonObject
            {
                ["output_type"] = displayId is null ? "execute_result" : "display_data",
                ["data"] = bundle.ToJson(MultilineText.Write),
                ["metadata"] = new JsonObject(),
            };
            if (displayId is null)
                json["execution_count"] = executionCount;
            return json;
        }
    }

    private sealed class Failure(CellError error) : Item
    {
        public override JsonObject ToJson(int executionCount) => new()
        {
            ["output_type"] = "error",
            ["ename"] = error.Name,
            ["evalue"] = error.Message,
            ["traceback"] = new JsonArray([.. error.Traceback.Select(line => JsonValue.Create(line))]),
        };
    }
}
