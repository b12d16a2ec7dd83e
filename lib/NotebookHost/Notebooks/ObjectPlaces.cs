namespace NotebookHost;

/// <summary>Where an object of a JSON file and the values of its members lie, in bytes.</summary>
internal sealed class ObjectPlaces(int start)
{
    /// <summary>Right after the opening brace.</summary>
    public int Inside => start + 1;

    public Dictionary<string, Range> Members { get; } = new(StringComparer.Ordinal);
}
