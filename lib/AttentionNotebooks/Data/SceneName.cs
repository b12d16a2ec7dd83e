namespace AttentionNotebooks;

/// <summary>An object as a caption names it.</summary>
/// <param name="Size">One of <see cref="SceneGrammar.Sizes"/>; empty where the caption does not say.</param>
/// <param name="Colour">One of <see cref="SceneGrammar.Colours"/>.</param>
/// <param name="Shape">One of <see cref="SceneGrammar.Shapes"/>.</param>
public sealed record SceneName(string Size, string Colour, string Shape)
{
    /// <summary>The object of a scene that is meant: of this colour and shape, whatever its size; null where there is none.</summary>
    /// <param name="objects">The scene's objects.</param>
    public SceneObject? In(IReadOnlyList<SceneObject> objects) => objects.FirstOrDefault(each => (each.Colour, each.Shape) == (Colour, Shape));
}
