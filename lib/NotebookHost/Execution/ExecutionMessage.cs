using System.Text.Json;
using System.Text.Json.Serialization;

namespace NotebookHost;

/// <summary>What a notebook's process tells the one that started it: one JSON line each, through a pipe of their own.</summary>
[JsonDerivedType(typeof(CellStarted), "cell")]
[JsonDerivedType(typeof(CellFinished), "cell-done")]
[JsonDerivedType(typeof(StreamText), "stream")]
[JsonDerivedType(typeof(Displayed), "display")]
[JsonDerivedType(typeof(DisplayUpdated), "update")]
[JsonDerivedType(typeof(ResultShown), "result")]
[JsonDerivedType(typeof(ErrorRaised), "error")]
[JsonDerivedType(typeof(OutputCleared), "clear")]
[JsonDerivedType(typeof(NotebookFinished), "done")]
internal abstract record ExecutionMessage
{
    public string ToLine() => JsonSerializer.Serialize(this);

    public static ExecutionMessage FromLine(string line) => JsonSerializer.Deserialize<ExecutionMessage>(line)!;
}

internal sealed record CellStarted(int Number) : ExecutionMessage;

internal sealed record CellFinished(int Number) : ExecutionMessage;

internal sealed record StreamText(StreamName Name, string Text) : ExecutionMessage;

internal sealed record Displayed(MimeBundle Data, string DisplayId) : ExecutionMessage;

internal sealed record DisplayUpdated(MimeBundle Data, string DisplayId) : ExecutionMessage;

internal sealed record ResultShown(MimeBundle Data) : ExecutionMessage;

internal sealed record ErrorRaised(CellError Error) : ExecutionMessage;

internal sealed record OutputCleared(bool Wait) : ExecutionMessage;

/// <summary>The last message of a process that ran to its end, and of no other.</summary>
internal sealed record NotebookFinished : ExecutionMessage;
