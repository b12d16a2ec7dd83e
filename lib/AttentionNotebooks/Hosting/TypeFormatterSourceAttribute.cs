namespace AttentionNotebooks;

/// <summary>
/// Names the class that makes the formatters of a type. .NET Interactive and our own host find it by the attribute's
/// <em>name</em>, so that a library renders richly in both and references neither.
/// </summary>
/// <param name="formatterSourceType">A type with a parameterless constructor and a public <c>CreateTypeFormatters()</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = true)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The type whose <c>CreateTypeFormatters()</c> returns the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The MIME types to show when a host may choose, best first.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}
