namespace AttentionNotebooks;

/// <summary>
/// The display of whatever host runs the cell: the one that a host has set, else .NET Interactive's, else the console.
/// </summary>
public static class NotebookDisplay
{
    private static INotebookDisplay? _host;

    /// <summary>Where to show values now. In .NET Interactive it belongs to the running cell, so ask again in every cell.</summary>
    public static INotebookDisplay Current => _host ?? (INotebookDisplay?)InteractiveDisplay.OfRunningCell() ?? new ConsoleDisplay(Console.Out);

    /// <summary>Sets the display of this process; null returns to finding one.</summary>
    public static void Use(INotebookDisplay? display) => _host = display;
}
