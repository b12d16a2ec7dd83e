namespace AttentionNotebooks;

/// <summary>An object of a scene, as captions speak of it.</summary>
/// <param name="Size">One of <see cref="SceneGrammar.Sizes"/>.</param>
/// <param name="Colour">One of <see cref="SceneGrammar.Colours"/>.</param>
/// <param name="Shape">One of <see cref="SceneGrammar.Shapes"/>.</param>
/// <param name="Box">The smallest box around its pixels.</param>
public sealed record SceneObject(string Size, string Colour, string Shape, Box Box);
