namespace AttentionNotebooks;

/// <summary>
/// How a model's score changes as locations are taken away, or put back, in the order of their attention (Petsiuk et al. 2018, §4.2, deletion and insertion).
/// Where attention tells what matters, deletion falls fast and insertion rises fast.
/// </summary>
/// <param name="Scores">[B, P], the score at each of P = steps + 1 points, from none changed to all.</param>
public sealed record RemovalCurve(Tensor Scores)
{
    /// <summary>The area under each example's curve, by trapezoids, [B]: the mean score on the way.</summary>
    public Tensor Area()
    {
        using var scope = torch.NewDisposeScope();
        var (left, right) = (Scores.narrow(1, 0, Scores.shape[1] - 1), Scores.narrow(1, 1, Scores.shape[1] - 1));
        return ((left + right) / 2).mean([1]).MoveToOuterDisposeScope();
    }

    /// <summary>Takes locations away, the most attended first.</summary>
    /// <param name="weights">α [B, N]; random ones make the control.</param>
    /// <param name="score">From a boolean mask of what is kept, [B, N], to the model's score, [B]: the probability of the true class.</param>
    /// <param name="steps">In how many steps, 1..N.</param>
    /// <param name="generator">Breaks ties: equal weights go in random order.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer steps than 1, or more than locations.</exception>
    public static RemovalCurve Deletion(Tensor weights, Func<Tensor, Tensor> score, int steps, Generator generator) => Walk(weights, score, steps, generator, deletion: true);

    /// <summary>Puts locations back, the most attended first, to a model that sees none.</summary>
    /// <inheritdoc cref="Deletion"/>
    public static RemovalCurve Insertion(Tensor weights, Func<Tensor, Tensor> score, int steps, Generator generator) => Walk(weights, score, steps, generator, deletion: false);

    private static RemovalCurve Walk(Tensor weights, Func<Tensor, Tensor> score, int steps, Generator generator, bool deletion)
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(generator);
        Shape.Require(weights, nameof(weights), "B", "N");
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, weights.shape[1]);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var rank = Rank(weights, generator);
        var scores = new Tensor[steps + 1];
        for (var step = 0; step <= steps; step++)
        {
            var first = rank < (long)Math.Round((double)step * weights.shape[1] / steps);
            scores[step] = score(deletion ? first.logical_not() : first);
            Shape.Require(scores[step], "score", weights.shape[0]);
        }

        return new RemovalCurve(torch.stack(scores, 1).MoveToOuterDisposeScope());
    }

    // 0 for the most attended; among equals by chance.
    private static Tensor Rank(Tensor weights, Generator generator)
    {
        var shuffle = RandomNumbers.Uniform(weights.shape, torch.float64, weights.device, generator).argsort(-1);
        var order = shuffle.gather(-1, weights.gather(-1, shuffle).neg().sort(-1, stable: true).Indices);
        return order.argsort(-1);
    }
}
