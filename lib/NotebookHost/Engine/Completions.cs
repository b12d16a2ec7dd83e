namespace NotebookHost;

/// <summary>How a cell might go on at some place.</summary>
/// <param name="Start">Where what they replace begins.</param>
/// <param name="End">And where it ends.</param>
/// <param name="Items">The texts, with what each is: a method, a keyword.</param>
internal sealed record Completions(int Start, int End, IReadOnlyList<(string Text, string Kind)> Items);
