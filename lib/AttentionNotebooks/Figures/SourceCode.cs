using System.Net;

namespace AttentionNotebooks;

/// <summary>The library's own source of a type, as it was compiled: what a notebook shows cannot drift from what runs.</summary>
[TypeFormatterSource(typeof(RenderedFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class SourceCode : IRendered
{
    private readonly string text;

    private SourceCode(string text) => this.text = text;

    /// <summary>The source of a public type of this library, without its usings, namespace and doc comments.</summary>
    /// <exception cref="ArgumentException">The type is not of this library.</exception>
    public static SourceCode Of<T>() => Of(typeof(T));

    /// <inheritdoc cref="Of{T}"/>
    public static SourceCode Of(Type type) => new(string.Join('\n', Lines(type)).Trim());

    /// <summary>What types compute, and nothing else: each equation, which by the library's custom is the comment over its line, with the statements under it. Who owns the result is left out.</summary>
    /// <param name="types">Public types of this library; the name of each stands over its equations.</param>
    /// <exception cref="ArgumentException">A type is not of this library, or has no equation.</exception>
    public static SourceCode Equations(params IReadOnlyList<Type> types)
    {
        ArgumentNullException.ThrowIfNull(types);
        return new SourceCode(string.Join("\n\n", types.Select(type => $"class {type.Name}\n{string.Join('\n', Equations(type))}")));
    }

    private static IEnumerable<string> Equations(Type type)
    {
        var lines = Lines(type);
        var found = Enumerable.Range(0, lines.Length).Where(i => IsEquation(lines[i])).ToArray();
        if (found.Length == 0) throw new ArgumentException($"{type} has no equation in its source.", nameof(type));
        return found.SelectMany(first => lines.Skip(first).TakeWhile((line, i) => i == 0 || (line.Trim() is not ("" or "}") && !IsEquation(line))))
            .Select(line => "    " + line.Trim().Replace(".MoveToOuterDisposeScope()", "", StringComparison.Ordinal));
    }

    private static bool IsEquation(string line) => line.TrimStart() is ['/', '/', ' ', ..] && line.Contains(" = ", StringComparison.Ordinal);

    private static string[] Lines(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var name = type.Name.Split('`')[0];
        using var stream = typeof(SourceCode).Assembly.GetManifestResourceStream($"source/{name}.cs")
            ?? throw new ArgumentException($"{type} is not a type with a source file in this library.", nameof(type));
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n')
            .Where(line => !line.StartsWith("using ", StringComparison.Ordinal) && !line.StartsWith("namespace ", StringComparison.Ordinal) && !line.TrimStart().StartsWith("///", StringComparison.Ordinal))];
    }

    /// <inheritdoc/>
    public string ToHtml() => $"<pre class=\"source\"><code class=\"language-csharp\">{WebUtility.HtmlEncode(text)}</code></pre>";

    /// <summary>The source.</summary>
    public override string ToString() => text;
}
