namespace AttentionNotebooks;

/// <summary>Writes a <see cref="Figure"/> in one MIME type; hosts call it by the names of its members.</summary>
public sealed class FigureFormatter
{
    private readonly Func<Figure, string> _render;

    internal FigureFormatter(string mimeType, Func<Figure, string> render) => (MimeType, _render) = (mimeType, render);

    /// <summary>The MIME type that <see cref="Format"/> writes.</summary>
    public string MimeType { get; }

    /// <summary>Writes the value if it is a figure.</summary>
    /// <returns>False, and nothing written, for any other value: the host then tries its next formatter.</returns>
    public bool Format(object instance, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (instance is not Figure figure)
            return false;

        writer.Write(_render(figure));
        return true;
    }
}
