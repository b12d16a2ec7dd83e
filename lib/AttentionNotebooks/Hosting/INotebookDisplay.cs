namespace AttentionNotebooks;

/// <summary>Where a cell's values are shown while it runs.</summary>
public interface INotebookDisplay
{
    /// <summary>Shows a value and returns the handle that replaces it.</summary>
    IDisplayed Show(object value);
}
