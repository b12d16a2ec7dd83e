using AttentionNotebooks;

namespace NotebookHost;

/// <summary>Shows what the library shows of itself, such as live figures, below the running cell.</summary>
internal sealed class LibraryDisplay(CellDisplay display) : INotebookDisplay
{
    public IDisplayed Show(object value) => new Displayed(display, display.Show(value, []));

    private sealed class Displayed(CellDisplay display, string id) : IDisplayed
    {
        public void Update(object value) => display.Update(id, value, []);
    }
}
