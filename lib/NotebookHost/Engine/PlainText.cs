using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis.CSharp.Scripting.Hosting;

namespace NotebookHost;

/// <summary>A value as text: its own <c>ToString</c> where it has one, else its members or items as the C# prompt shows them.</summary>
internal static class PlainText
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => text,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable => CSharpObjectFormatter.Instance.FormatObject(value),
        _ when HasOwnToString(value.GetType()) => value.ToString() ?? "",
        _ => CSharpObjectFormatter.Instance.FormatObject(value),
    };

    private static bool HasOwnToString(Type type)
    {
        MethodInfo method = type.GetMethod(nameof(ToString), BindingFlags.Public | BindingFlags.Instance, [])!;
        return method.DeclaringType != typeof(object) && method.DeclaringType != typeof(ValueType);
    }
}
