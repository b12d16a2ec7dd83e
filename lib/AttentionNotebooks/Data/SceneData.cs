namespace AttentionNotebooks;

/// <summary>Scenes to train on, to choose a model by, and to test on.</summary>
/// <param name="Train">To train on.</param>
/// <param name="Validation">To choose by.</param>
/// <param name="Test">To test on: other scenes of the same kind.</param>
/// <param name="NewPairs">Scenes of colours and shapes that training shows, but never together in one object.</param>
/// <param name="Why">How they were chosen, as a sentence to show to the reader.</param>
public sealed record SceneData(SceneSet Train, SceneSet Validation, SceneSet Test, SceneSet NewPairs, string Why)
{
    /// <summary>What the data are called in captions.</summary>
    public string Name => Train.Name;
}
