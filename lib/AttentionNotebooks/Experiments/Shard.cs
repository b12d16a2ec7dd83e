using System.Globalization;

namespace AttentionNotebooks;

/// <summary>One of several equal parts of an experiment, for machines that share it: of all pairs of contender and seed, in their order, every <paramref name="Count"/>-th one from <paramref name="Index"/> on.</summary>
/// <param name="Index">Which part, from 0 on.</param>
/// <param name="Count">How many parts there are, at least 1.</param>
public readonly record struct Shard(int Index, int Count)
{
    /// <summary>All of it.</summary>
    public static Shard Whole { get; } = new(0, 1);

    /// <summary>Reads <c>I/N</c>, with 0 ≤ I &lt; N.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The shard, or null where the text names none.</returns>
    public static Shard? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('/') is [var first, var second] && Number(first) is { } index && Number(second) is { } count && index < count ? new Shard(index, count) : null;
    }

    /// <summary>Its share of a list.</summary>
    /// <param name="all">Everything, in an order that all shards agree on.</param>
    public IEnumerable<T> Of<T>(IEnumerable<T> all)
    {
        var (index, count) = (Index, Count);
        return all.Where((_, i) => i % count == index);
    }

    /// <summary>The file of its rows: that of the experiment for the whole, else one of its own beside it, so that no two processes write to one.</summary>
    /// <param name="folder">The folder of results.</param>
    /// <param name="experiment">The experiment's id.</param>
    public string FileIn(string folder, string experiment) =>
        Path.Combine(folder, Count == 1 ? $"{experiment}.jsonl" : string.Create(CultureInfo.InvariantCulture, $"{experiment}.{Index}-of-{Count}.jsonl"));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
