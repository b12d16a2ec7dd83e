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
    public static SourceCode Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var name = type.Name.Split('`')[0];
        using var stream = typeof(SourceCode).Assembly.GetManifestResourceStream($"source/{name}.cs")
            ?? throw new ArgumentException($"{type} is not a type with a source file in this library.", nameof(type));
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n')
            .Where(line => !line.StartsWith("using ", StringComparison.Ordinal) && !line.StartsWith("namespace ", StringComparison.Ordinal) && !line.TrimStart().StartsWith("///", StringComparison.Ordinal));
        return new SourceCode(string.Join('\n', lines).Trim());
    }

    /// <inheritdoc/>
    public string ToHtml() => $"<pre class=\"source\"><code class=\"language-csharp\">{WebUtility.HtmlEncode(text)}</code></pre>";

    /// <summary>The source.</summary>
    public override string ToString() => text;
}
