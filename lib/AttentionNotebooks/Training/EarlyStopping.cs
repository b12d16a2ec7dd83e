namespace AttentionNotebooks;

/// <summary>Ends a run that gains nothing more, and goes back to the weights that were best (Prechelt 1998).</summary>
/// <param name="Metric">What is watched: a metric of <see cref="ILearner.Validate"/>, or of the steps.</param>
/// <param name="Patience">How many times in a row it may be no better than its best, at least 1.</param>
/// <param name="Higher">Whether more of it is better.</param>
public sealed record EarlyStopping(string Metric, int Patience, bool Higher = false)
{
    /// <summary>Is one value better than another?</summary>
    internal bool IsBetter(double value, double best) => double.IsNaN(best) || (Higher ? value > best : value < best);
}
