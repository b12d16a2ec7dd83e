namespace AttentionNotebooks;

/// <summary>One sentence of an <see cref="AttendedText"/>.</summary>
/// <param name="Name">What stands over it: who read it, and what was said of it.</param>
/// <param name="Role">The colour of the name.</param>
/// <param name="Words">The words.</param>
/// <param name="Weights">One for each word, at least 0: the stronger, the more colour is under the word.</param>
public sealed record AttendedSentence(string Name, Role Role, IReadOnlyList<string> Words, IReadOnlyList<float> Weights)
{
    /// <summary>Words to frame, counted from 0: where the truth lies.</summary>
    public IReadOnlyList<int> Marks { get; init; } = [];
}
