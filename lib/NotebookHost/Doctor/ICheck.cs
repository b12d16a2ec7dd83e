namespace NotebookHost;

/// <summary>One thing that this machine should have.</summary>
internal interface ICheck
{
    /// <summary>What is looked at, in a word or three.</summary>
    string Subject { get; }

    /// <summary>Looks, and changes nothing.</summary>
    Task<CheckResult> RunAsync(CancellationToken cancellation);
}
