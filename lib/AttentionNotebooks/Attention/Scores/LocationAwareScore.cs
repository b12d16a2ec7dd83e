namespace AttentionNotebooks;

/// <summary>
/// The location-aware score of Chorowski et al. (2015, eq. 8–9): e = vᵀ tanh(W q + U k + V f + b) with f = F ∗ α, a convolution over what was attended to before.
/// It knows where it was, and can learn to move on.
/// </summary>
/// <remarks>One step at a time, each with its <see cref="Past"/>; with none, nothing was attended to. Over the coverage, and one location wide, it is See et al. (2017, eq. 11).</remarks>
public sealed class LocationAwareScore : Score
{
    private readonly bool coverage;
    private readonly Linear projectQuery;
    private readonly Linear projectKey;
    private readonly Conv1d convolve;
    private readonly Linear projectPast;
    private readonly Linear combine;

    /// <summary>Makes the layers.</summary>
    /// <param name="queryFeatures">Dq, the features of a query.</param>
    /// <param name="keyFeatures">Dk, the features of a key.</param>
    /// <param name="hiddenFeatures">The width of the hidden layer, rows of W, U and V.</param>
    /// <param name="filters">How many filters F has.</param>
    /// <param name="width">How many locations a filter spans, an odd number.</param>
    /// <param name="coverage">Whether it looks at all that was attended to so far, instead of the last step alone.</param>
    /// <exception cref="ArgumentOutOfRangeException">A width is below 1, or the filters' is even.</exception>
    public LocationAwareScore(long queryFeatures, long keyFeatures, long hiddenFeatures, long filters = 10, long width = 11, bool coverage = false) : base(nameof(LocationAwareScore))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(queryFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(keyFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hiddenFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(filters, 1);
        if (width < 1 || width % 2 == 0) throw new ArgumentOutOfRangeException(nameof(width), width, "A filter spans an odd number of locations, so that it has a middle.");
        this.coverage = coverage;
        projectQuery = torch.nn.Linear(queryFeatures, hiddenFeatures);
        projectKey = torch.nn.Linear(keyFeatures, hiddenFeatures, hasBias: false);
        convolve = torch.nn.Conv1d(1, filters, width, padding: width / 2, bias: false);
        projectPast = torch.nn.Linear(filters, hiddenFeatures, hasBias: false);
        combine = torch.nn.Linear(hiddenFeatures, 1, hasBias: false);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor query, Tensor keys, Past? past)
    {
        Shape.Require(query, nameof(query), "B", 1, projectQuery.in_features);
        Shape.Require(keys, nameof(keys), query.shape[0], "N", projectKey.in_features);
        using var scope = torch.NewDisposeScope();
        var hidden = projectQuery.call(query) + projectKey.call(keys);
        if (past is not null)
        {
            var before = coverage ? past.Coverage : past.Attended;
            Shape.Require(before, nameof(past), query.shape[0], 1, keys.shape[1]);
            // f = F ∗ α   Chorowski 2015, eq. 8
            hidden = hidden + projectPast.call(convolve.call(before).transpose(1, 2));
        }

        // e = vᵀ tanh(W q + U k + V f + b)   Chorowski 2015, eq. 9
        return combine.call(hidden.tanh()).transpose(1, 2).MoveToOuterDisposeScope();
    }
}
