using NotebookHost;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Teaches the notebook how to show a type that brings no formatter along.</summary>
public static class Formatter
{
    /// <summary>Formats every <typeparamref name="T"/>, and what derives from it, by a function; the last one registered wins.</summary>
    public static void Register<T>(Func<T, string> formatter, string mimeType = "text/plain") =>
        ValueFormatter.Register(typeof(T), new Registered<T>((value, writer) => writer.Write(formatter(value)), mimeType));

    /// <summary>Formats every <typeparamref name="T"/>, and what derives from it, by writing; the last one registered wins.</summary>
    public static void Register<T>(Action<T, TextWriter> formatter, string mimeType = "text/plain") =>
        ValueFormatter.Register(typeof(T), new Registered<T>(formatter, mimeType));

    private sealed class Registered<T>(Action<T, TextWriter> write, string mimeType) : IValueFormatter
    {
        public string MimeType => mimeType;

        public bool Format(object value, TextWriter writer)
        {
            write((T)value, writer);
            return true;
        }
    }
}
