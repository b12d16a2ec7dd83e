namespace AttentionNotebooks;

/// <summary>The pointing game (Zhang et al. 2016, §4.1): does the attention point at the true object?</summary>
/// <remarks>Where several windows share the greatest weight, each counts for its part: attention that is the same everywhere scores what chance does.</remarks>
public static class PointingGame
{
    /// <summary>Whether the most attended window touches the true box. On a small canvas large windows touch most things: compare with chance.</summary>
    /// <param name="weights">α [B, 1, N].</param>
    /// <param name="boxes">[B, 4]: left, top, right, bottom, in pixels.</param>
    /// <param name="windows">The N windows.</param>
    /// <returns>[B], of the weights' dtype, 1 where it does, 0 where not.</returns>
    public static Tensor Touches(Tensor weights, Tensor boxes, WindowGrid windows)
    {
        using var scope = torch.NewDisposeScope();
        var (window, box) = Sides(boxes, windows);
        var across = window.Right.minimum(box.Right) > window.Left.maximum(box.Left);
        var down = window.Bottom.minimum(box.Bottom) > window.Top.maximum(box.Top);
        return OfMostAttended(weights, across.logical_and(down), windows).MoveToOuterDisposeScope();
    }

    /// <summary>The pointing game proper: whether the centre of the most attended window lies in the true box.</summary>
    /// <inheritdoc cref="Touches"/>
    public static Tensor CentreInside(Tensor weights, Tensor boxes, WindowGrid windows)
    {
        using var scope = torch.NewDisposeScope();
        var (window, box) = Sides(boxes, windows);
        var (x, y) = ((window.Left + window.Right) / 2, (window.Top + window.Bottom) / 2);
        var across = (x >= box.Left).logical_and(x < box.Right);
        var down = (y >= box.Top).logical_and(y < box.Bottom);
        return OfMostAttended(weights, across.logical_and(down), windows).MoveToOuterDisposeScope();
    }

    /// <summary>The best that any attention could score in <see cref="CentreInside"/>: whether some window's centre lies in the true box.</summary>
    /// <param name="boxes">[B, 4]: left, top, right, bottom, in pixels.</param>
    /// <param name="windows">The N windows.</param>
    /// <returns>[B] float32, 1 where one does, 0 where none.</returns>
    public static Tensor CentreReachable(Tensor boxes, WindowGrid windows)
    {
        using var scope = torch.NewDisposeScope();
        var reachable = torch.zeros(boxes.shape[0], device: boxes.device);
        for (var n = 0; n < windows.Count; n++)
        {
            var weights = torch.zeros([boxes.shape[0], 1, windows.Count], device: boxes.device);
            weights.select(2, n).fill_(1);
            reachable = reachable.maximum(CentreInside(weights, boxes, windows));
        }

        return reachable.MoveToOuterDisposeScope();
    }

    /// <summary>Whether points lie in true boxes, for attention that is a point: a glimpse's centre.</summary>
    /// <param name="points">[…, 2], x and y, in pixels.</param>
    /// <param name="boxes">[…, 4]: left, top, right, bottom, in pixels; broadcast to the points.</param>
    /// <returns>[…], of the points' dtype, 1 where it does, 0 where not.</returns>
    public static Tensor Inside(Tensor points, Tensor boxes)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(boxes);
        using var scope = torch.NewDisposeScope();
        var (corner, opposite) = (boxes.narrow(-1, 0, 2), boxes.narrow(-1, 2, 2));
        return (points >= corner).logical_and(points < opposite).all(-1).to(points.dtype).MoveToOuterDisposeScope();
    }

    private static Tensor OfMostAttended(Tensor weights, Tensor hits, WindowGrid windows)
    {
        Shape.Require(weights, nameof(weights), hits.shape[0], 1, windows.Count);
        var rows = weights.squeeze(1);
        var most = rows.eq(rows.amax([1], keepdim: true)).to(weights.dtype);
        return (most * hits.to(weights.dtype)).sum(1) / most.sum(1);
    }

    // Windows along [1, N], boxes along [B, 1].
    private static (Rectangles Window, Rectangles Box) Sides(Tensor boxes, WindowGrid windows)
    {
        Shape.Require(boxes, nameof(boxes), "B", 4);
        return (Rectangles.Of(windows.Boxes(boxes.device).unsqueeze(0)), Rectangles.Of(boxes.unsqueeze(1)));
    }

    private sealed record Rectangles(Tensor Left, Tensor Top, Tensor Right, Tensor Bottom)
    {
        public static Rectangles Of(Tensor sides) => new(sides.select(2, 0), sides.select(2, 1), sides.select(2, 2), sides.select(2, 3));
    }
}
