namespace AttentionNotebooks;

/// <summary>How large a figure is, in CSS pixels.</summary>
/// <param name="Width">The width that it is laid out for; the widest it becomes where it keeps its shape.</param>
/// <param name="Height">The height at that width.</param>
/// <param name="LeastWidth">Narrower than this it scrolls sideways rather than becoming unreadable.</param>
/// <param name="KeepsShape">Whether the height follows the width (pictures) or stays (curves).</param>
internal readonly record struct FigureSize(int Width, int Height, int LeastWidth, bool KeepsShape)
{
    /// <summary>The width of a notebook's column, for which charts are laid out.</summary>
    public const int ColumnWidth = 700;
}
