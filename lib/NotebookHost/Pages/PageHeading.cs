namespace NotebookHost;

/// <summary>A heading of a page, for its table of contents.</summary>
internal sealed record PageHeading(int Level, string Id, string Text);
