using System.Reflection;

namespace AttentionNotebooks;

/// <summary>Which build an assembly is.</summary>
public static class BuildVersion
{
    /// <summary>Its version, with the commit where that is known.</summary>
    /// <param name="type">A type of the assembly.</param>
    public static string Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? $"{type.Assembly.GetName().Version}";
    }
}
