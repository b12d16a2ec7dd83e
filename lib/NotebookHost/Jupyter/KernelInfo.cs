using System.Text.Json.Nodes;
using AttentionNotebooks;

namespace NotebookHost;

/// <summary>What a kernel tells of itself.</summary>
internal static class KernelInfo
{
    public static string DisplayName => "C# (AttentionNotebooks)";

    public static JsonObject Content() => new()
    {
        ["protocol_version"] = JupyterWire.ProtocolVersion,
        ["implementation"] = "attention",
        ["implementation_version"] = BuildVersion.Of(typeof(KernelInfo)),
        ["banner"] = $"{DisplayName}, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}",
        ["help_links"] = new JsonArray(),
        ["language_info"] = new JsonObject
        {
            ["name"] = "C#",
            ["version"] = "14.0",
            ["mimetype"] = "text/x-csharp",
            ["file_extension"] = ".cs",
            ["pygments_lexer"] = "csharp",
            ["codemirror_mode"] = "text/x-csharp",
        },
    };
}
