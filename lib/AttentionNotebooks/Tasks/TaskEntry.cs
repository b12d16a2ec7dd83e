namespace AttentionNotebooks;

/// <summary>A task on one of its data sets.</summary>
/// <param name="Id">Its name in commands and files: lower case and hyphens.</param>
/// <param name="DataSet">The set of <see cref="DataManifest"/> that it needs; null where its data are embedded.</param>
/// <param name="Create">Makes the task, from where data lie.</param>
public sealed record TaskEntry(string Id, string? DataSet, Func<DataRoot, AttentionTask> Create);
