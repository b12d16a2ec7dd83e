namespace AttentionNotebooks;

/// <summary>What may be said of a scene, and which object each word speaks of.</summary>
/// <param name="Words">The words.</param>
/// <param name="SpeaksOf">For each word, the object that it names, by its place in the scene; <see cref="Nothing"/> for “a”, “there” or “above”, which name none.</param>
public sealed record SceneCaption(IReadOnlyList<string> Words, IReadOnlyList<int> SpeaksOf)
{
    /// <summary>What a word speaks of that names no object.</summary>
    public const int Nothing = -1;

    /// <summary>The words as a sentence.</summary>
    public override string ToString() => string.Join(' ', Words);
}
