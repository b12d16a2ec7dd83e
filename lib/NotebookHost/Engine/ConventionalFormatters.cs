using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace NotebookHost;

/// <summary>
/// The formatters that a type brings along, found by .NET Interactive's names alone: an attribute called
/// <c>TypeFormatterSourceAttribute</c> names a class whose <c>CreateTypeFormatters()</c> gives objects with <c>MimeType</c> and
/// <c>Format(object, TextWriter)</c>. A public <c>string ToHtml()</c>, Verso's convention, serves where there is no attribute.
/// </summary>
internal static class ConventionalFormatters
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<IValueFormatter>> _known = new();

    public static IReadOnlyList<IValueFormatter> Of(Type type) => _known.GetOrAdd(type, Find);

    private static IReadOnlyList<IValueFormatter> Find(Type type)
    {
        Attribute? attribute = type.GetCustomAttributes(inherit: true).OfType<Attribute>()
            .FirstOrDefault(a => string.Equals(a.GetType().Name, "TypeFormatterSourceAttribute", StringComparison.Ordinal));
        if (attribute is not null)
            return FromSource(attribute);
        MethodInfo? toHtml = type.GetMethod("ToHtml", BindingFlags.Public | BindingFlags.Instance, []);
        return toHtml?.ReturnType == typeof(string) ? [new ToHtmlFormatter(toHtml)] : [];
    }

    private static List<IValueFormatter> FromSource(Attribute attribute)
    {
        object? named = attribute.GetType().GetProperty("FormatterSourceType")?.GetValue(attribute);
        if (named is not Type sourceType)
            throw Unusable(attribute.GetType(), "public Type FormatterSourceType");
        MethodInfo create = sourceType.GetMethod("CreateTypeFormatters", []) ?? throw Unusable(sourceType, "public CreateTypeFormatters()");
        object? source = Activator.CreateInstance(sourceType);
        return create.Invoke(source, null) is IEnumerable formatters
            ? [.. formatters.Cast<object>().Select(formatter => new NamedFormatter(formatter))]
            : throw Unusable(sourceType, "CreateTypeFormatters() that returns a list");
    }

    private static InvalidOperationException Unusable(Type type, string missing) => new($"{type} is meant to format values, but has no {missing}.");

    private sealed class ToHtmlFormatter(MethodInfo toHtml) : IValueFormatter
    {
        public string MimeType => MimeBundle.Html;

        public bool Format(object value, TextWriter writer)
        {
            if (toHtml.Invoke(value, BindingFlags.DoNotWrapExceptions, null, null, null) is not string html)
                return false;
            writer.Write(html);
            return true;
        }
    }

    private sealed class NamedFormatter : IValueFormatter
    {
        private readonly Func<object, TextWriter, bool> _format;

        public NamedFormatter(object formatter)
        {
            Type type = formatter.GetType();
            MimeType = type.GetProperty("MimeType")?.GetValue(formatter) as string ?? throw Unusable(type, "public string MimeType");
            MethodInfo method = type.GetMethod("Format", [typeof(object), typeof(TextWriter)]) ?? throw Unusable(type, "public bool Format(object, TextWriter)");
            _format = method.CreateDelegate<Func<object, TextWriter, bool>>(formatter);
        }

        public string MimeType { get; }

        public bool Format(object value, TextWriter writer) => _format(value, writer);
    }
}
