using System.Text.Json.Nodes;

namespace NotebookHost;

/// <summary>What a front end asks.</summary>
/// <param name="Identities">The way back to who asks.</param>
/// <param name="Type">What it asks for, such as <c>execute_request</c>.</param>
/// <param name="Header">Its header as it came: answers name it as their parent.</param>
/// <param name="Content">The particulars.</param>
internal sealed record JupyterRequest(IReadOnlyList<byte[]> Identities, string Type, string Header, JsonObject Content)
{
    /// <summary>The type of its answer.</summary>
    public string ReplyType => Type.Replace("_request", "_reply", StringComparison.Ordinal);

    public string Text(string name) => Content[name]?.GetValue<string>() ?? "";

    public int Number(string name) => Content[name]?.GetValue<int>() ?? 0;

    public bool Flag(string name, bool otherwise) => Content[name]?.GetValue<bool>() ?? otherwise;
}
