namespace AttentionNotebooks;

/// <summary>What a model makes of a batch of canvases.</summary>
/// <param name="Logits">[B, O, classes], before the softmax.</param>
/// <param name="Attended">What the attention recorded, a step for each of O objects.</param>
/// <param name="Overview">[B, F], what the model knew before it chose; no gradient.</param>
public sealed record Reading(Tensor Logits, AttentionResult Attended, Tensor Overview)
{
    /// <summary>The pointing game (<see cref="PointingGame.CentreInside"/>) for each object.</summary>
    /// <param name="boxes">[B, O, 4], the true boxes.</param>
    /// <param name="windows">The N windows.</param>
    /// <returns>[B, O].</returns>
    public Tensor Pointing(Tensor boxes, WindowGrid windows) => Of(PointingGame.CentreInside, boxes, windows);

    /// <summary>Whether the most attended window touches the box (<see cref="PointingGame.Touches"/>), for each object.</summary>
    /// <inheritdoc cref="Pointing"/>
    public Tensor Touching(Tensor boxes, WindowGrid windows) => Of(PointingGame.Touches, boxes, windows);

    private Tensor Of(Func<Tensor, Tensor, WindowGrid, Tensor> game, Tensor boxes, WindowGrid windows)
    {
        Shape.Require(boxes, nameof(boxes), Logits.shape[0], Logits.shape[1], 4);
        using var scope = torch.NewDisposeScope();
        return game(Attended.Weights.flatten(0, 1).unsqueeze(1), boxes.flatten(0, 1), windows).reshape(Logits.shape[0], Logits.shape[1]).MoveToOuterDisposeScope();
    }
}
