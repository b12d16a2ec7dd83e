namespace AttentionNotebooks;

/// <summary>An array as NumPy stores it, last dimension fastest.</summary>
/// <param name="Name">What it is called in its file.</param>
/// <param name="Shape">The sizes, outermost first.</param>
/// <param name="Values">A float[], int[], long[] or byte[], as many as the product of <paramref name="Shape"/>.</param>
public sealed record NpyArray(string Name, IReadOnlyList<int> Shape, Array Values);
