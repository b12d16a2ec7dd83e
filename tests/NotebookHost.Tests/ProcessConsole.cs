namespace NotebookHost.Tests;

/// <summary>Tests that take over the console of the process, or write to it: one at a time.</summary>
[CollectionDefinition(Name)]
public sealed class ProcessConsole
{
    public const string Name = "the console of the process";
}
