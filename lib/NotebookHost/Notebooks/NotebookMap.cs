using System.Text.Json;

namespace NotebookHost;

/// <summary>Where in a notebook's file the parts lie that a run writes.</summary>
internal sealed class NotebookMap
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private NotebookMap(ObjectPlaces root) => Root = root;

    public ObjectPlaces Root { get; }

    /// <summary>Null when the notebook has none.</summary>
    public ObjectPlaces? Metadata { get; private set; }

    public List<ObjectPlaces> CodeCells { get; } = [];

    /// <param name="content">A notebook that <see cref="NotebookReader"/> has accepted.</param>
    public static NotebookMap Of(ReadOnlySpan<byte> content)
    {
        int offset = content.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        var map = new NotebookMap(Members(content, offset));
        if (map.Root.Members.TryGetValue("metadata", out Range metadata) && content[metadata][0] == '{')
            map.Metadata = Members(content, metadata.Start.Value);
        foreach (int cell in Items(content, map.Root.Members["cells"].Start.Value))
        {
            ObjectPlaces members = Members(content, cell);
            if (content[members.Members["cell_type"]].SequenceEqual("\"code\""u8))
                map.CodeCells.Add(members);
        }

        return map;
    }

    private static ObjectPlaces Members(ReadOnlySpan<byte> content, int start)
    {
        var places = new ObjectPlaces(start);
        var reader = new Utf8JsonReader(content[start..], isFinalBlock: true, default);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            int from = start + (int)reader.TokenStartIndex;
            reader.Skip();
            places.Members[name] = from..(start + (int)reader.BytesConsumed);
        }

        return places;
    }

    private static List<int> Items(ReadOnlySpan<byte> content, int start)
    {
        var items = new List<int>();
        var reader = new Utf8JsonReader(content[start..], isFinalBlock: true, default);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(start + (int)reader.TokenStartIndex);
            reader.Skip();
        }

        return items;
    }
}
