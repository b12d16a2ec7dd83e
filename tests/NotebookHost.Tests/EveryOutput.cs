namespace NotebookHost.Tests;

/// <summary>Tests that look at the same run of every kind of output.</summary>
[CollectionDefinition(Name)]
public sealed class EveryOutput : ICollectionFixture<EveryOutputFixture>
{
    public const string Name = "every kind of output";
}
