namespace AttentionNotebooks;

/// <summary>Prints values as text, for programs outside any notebook. Text that is printed cannot be replaced: a live figure prints its first and its last state.</summary>
internal sealed class ConsoleDisplay(TextWriter output) : INotebookDisplay
{
    public IDisplayed Show(object value)
    {
        output.WriteLine(value);
        return new Printed(output);
    }

    private sealed class Printed(TextWriter output) : IFinalDisplayed
    {
        public void Update(object value) => output.WriteLine(value);
    }
}
