using System.Text;
using System.Text.Json.Nodes;

namespace NotebookHost;

/// <summary>Sets members of objects in a JSON file and leaves every other byte as it is.</summary>
internal sealed class JsonEdit(byte[] content)
{
    private readonly List<(Range Place, string Text)> _replacements = [];
    private readonly string _newLine = content.AsSpan().IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";

    /// <summary>Sets one member; an object that has none takes no second one.</summary>
    /// <param name="places">The object.</param>
    /// <param name="name">Of the member, which need not be there.</param>
    /// <param name="value">What it becomes.</param>
    /// <param name="depth">How deep the member lies in the file.</param>
    public void Set(ObjectPlaces places, string name, JsonNode? value, int depth)
    {
        string text = JupyterJson.WritePart(value, depth);
        if (places.Members.TryGetValue(name, out Range place))
        {
            _replacements.Add((place, text));
            return;
        }

        bool isFirst = places.Members.Count == 0;
        string end = isFirst ? "\n" + new string(' ', depth - 1) : ",";
        _replacements.Add((places.Inside..places.Inside, $"\n{new string(' ', depth)}\"{name}\": {text}{end}"));
    }

    public byte[] Apply()
    {
        using var result = new MemoryStream();
        int done = 0;
        // Stable: new members of one object stay in the order in which they were set.
        foreach ((Range place, string text) in _replacements.OrderBy(replacement => replacement.Place.Start.Value))
        {
            result.Write(content.AsSpan(done..place.Start.Value));
            result.Write(Encoding.UTF8.GetBytes(text.ReplaceLineEndings(_newLine)));
            done = place.End.Value;
        }

        result.Write(content.AsSpan(done..));
        return result.ToArray();
    }
}
