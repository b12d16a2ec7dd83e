using AttentionNotebooks;

namespace NotebookHost;

/// <summary>The part of a page that a command writes, between two comments; the rest is people's.</summary>
internal sealed class MarkedText
{
    private readonly string _name;
    private readonly string _before;
    private readonly string _after;

    /// <summary>Finds the part.</summary>
    /// <param name="path">The page.</param>
    /// <param name="name">What the comments call the part.</param>
    /// <exception cref="DataFileException">There is no page, or no such part in it.</exception>
    public MarkedText(string path, string name)
    {
        (Path, _name) = (path, name);
        if (!File.Exists(path))
            throw new DataFileException(path, "there is no such file. Run this in a checkout of the repository.");
        string text = File.ReadAllText(path);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
            throw new DataFileException(path, $"it has no place for the {name}. Put the lines {Begin} and {End} where they belong.");
        (_before, _after) = (text[..(begin + Begin.Length)], text[end..]);
    }

    public string Path { get; }

    private string Begin => $"<!-- {_name}: begin -->";

    private string End => $"<!-- {_name}: end -->";

    /// <summary>Writes the part anew.</summary>
    /// <param name="content">Markdown that ends with its last line's break.</param>
    public void Replace(string content) => AtomicFile.WriteAllText(Path, $"{_before}\n\n{content}\n{_after}");
}
