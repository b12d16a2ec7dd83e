namespace NotebookHost;

/// <summary>Writes a value in one MIME type, or says that it cannot.</summary>
internal interface IValueFormatter
{
    string MimeType { get; }

    bool Format(object value, TextWriter writer);
}
