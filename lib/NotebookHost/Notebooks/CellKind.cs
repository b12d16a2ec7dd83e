namespace NotebookHost;

internal enum CellKind
{
    Markdown,
    Code,
    Raw,
}
