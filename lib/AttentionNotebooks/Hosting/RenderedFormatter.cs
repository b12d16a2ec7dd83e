namespace AttentionNotebooks;

/// <summary>Writes something <see cref="IRendered"/> in one MIME type; hosts call it by the names of its members.</summary>
public sealed class RenderedFormatter
{
    private readonly Func<IRendered, string> _render;

    internal RenderedFormatter(string mimeType, Func<IRendered, string> render) => (MimeType, _render) = (mimeType, render);

    /// <summary>The MIME type that <see cref="Format"/> writes.</summary>
    public string MimeType { get; }

    /// <summary>Writes the value if it renders itself.</summary>
    /// <returns>False, and nothing written, for any other value: the host then tries its next formatter.</returns>
    public bool Format(object instance, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (instance is not IRendered rendered)
            return false;

        writer.Write(_render(rendered));
        return true;
    }
}
