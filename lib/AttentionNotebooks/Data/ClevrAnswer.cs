using System.Runtime.InteropServices;

namespace AttentionNotebooks;

/// <summary>The true answer to a question about a Sort-of-CLEVR scene.</summary>
/// <param name="Index">Its place in <see cref="SortOfClevr.Answers"/>.</param>
/// <param name="Decides">The object that has the shape asked for: the one the question is about, the closest or the furthest. Null where no single object decides, as with a count.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ClevrAnswer(int Index, int? Decides)
{
    /// <inheritdoc/>
    public override string ToString() => SortOfClevr.Answers[Index];
}
