namespace NotebookHost;

/// <summary>A cell was interrupted by who started it.</summary>
internal sealed class CellInterruptedException : Exception
{
    public CellInterruptedException()
        : base("The cell was interrupted. What it declared is not kept; earlier cells are as they were.")
    {
    }
}
