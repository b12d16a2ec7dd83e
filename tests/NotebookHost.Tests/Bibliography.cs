using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace NotebookHost.Tests;

/// <summary>The entries of a BibTeX file, one a line.</summary>
internal sealed partial class Bibliography
{
    private readonly Dictionary<string, Reference> _entries = new(StringComparer.Ordinal);

    public static Bibliography Read(string path)
    {
        var bibliography = new Bibliography();
        foreach (string line in File.ReadLines(path).Where(line => line.StartsWith('@')))
        {
            Match entry = EntryPattern().Match(line);
            Assert.True(entry.Success, $"{path}: an entry is not of the form @kind{{key, author = {{…}}, title = {{…}}, …, year = {{…}}}}: {line}");
            bibliography._entries.Add(entry.Groups["key"].Value, new Reference(entry.Groups["title"].Value, entry.Groups["year"].Value));
        }

        return bibliography;
    }

    public bool TryGet(string key, [NotNullWhen(true)] out Reference? reference) => _entries.TryGetValue(key, out reference);

    [GeneratedRegex(@"^@\w+\{(?<key>[a-z0-9]+), author = \{[^}]+\}, title = \{(?<title>[^}]+)\}, .*year = \{(?<year>\d{4})\}\}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex EntryPattern();
}

/// <summary>What a reference in a notebook must agree with.</summary>
internal sealed record Reference(string Title, string Year);
