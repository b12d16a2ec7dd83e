namespace AttentionNotebooks;

/// <summary>The pointing game (Zhang et al. 2016, §4.1): does the attention point at the true object?</summary>
public static class PointingGame
{
    /// <summary>Whether the most attended window touches the true box.</summary>
    /// <param name="weights">α [B, 1, N].</param>
    /// <param name="boxes">[B, 4]: left, top, right, bottom, in pixels.</param>
    /// <param name="windows">The N windows.</param>
    /// <returns>[B] float32, 1 where it does, 0 where not.</returns>
    public static Tensor Touches(Tensor weights, Tensor boxes, WindowGrid windows)
    {
        using var scope = torch.NewDisposeScope();
        var window = MostAttended(weights, windows);
        var overlap = Side(window, 2).minimum(Side(boxes, 2)) > Side(window, 0).maximum(Side(boxes, 0));
        var below = Side(window, 3).minimum(Side(boxes, 3)) > Side(window, 1).maximum(Side(boxes, 1));
        return overlap.logical_and(below).to(torch.float32).MoveToOuterDisposeScope();
    }

    /// <summary>The stricter game: whether the centre of the most attended window lies in the true box.</summary>
    /// <inheritdoc cref="Touches"/>
    public static Tensor CentreInside(Tensor weights, Tensor boxes, WindowGrid windows)
    {
        using var scope = torch.NewDisposeScope();
        var window = MostAttended(weights, windows);
        var (x, y) = ((Side(window, 0) + Side(window, 2)) / 2, (Side(window, 1) + Side(window, 3)) / 2);
        var across = (x >= Side(boxes, 0)).logical_and(x < Side(boxes, 2));
        var down = (y >= Side(boxes, 1)).logical_and(y < Side(boxes, 3));
        return across.logical_and(down).to(torch.float32).MoveToOuterDisposeScope();
    }

    private static Tensor MostAttended(Tensor weights, WindowGrid windows)
    {
        Shape.Require(weights, nameof(weights), "B", 1, windows.Count);
        return windows.Boxes(weights.device).index_select(0, weights.squeeze(1).argmax(1));
    }

    private static Tensor Side(Tensor boxes, int side) => boxes.select(1, side);
}
