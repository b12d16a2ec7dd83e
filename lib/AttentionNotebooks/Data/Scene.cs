namespace AttentionNotebooks;

/// <summary>A picture of a few objects, and what may be said of it.</summary>
/// <param name="Objects">What is to be seen.</param>
/// <param name="Captions">A few of the captions that are true of it, as people might have written them: the references of a training set.</param>
public sealed record Scene(IReadOnlyList<SceneObject> Objects, IReadOnlyList<SceneCaption> Captions)
{
    /// <summary>Every caption that is true of it.</summary>
    public IReadOnlyList<SceneCaption> TrueCaptions() => SceneGrammar.TrueOf(Objects);
}
