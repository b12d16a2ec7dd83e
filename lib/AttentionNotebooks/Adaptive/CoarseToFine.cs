namespace AttentionNotebooks;

/// <summary>
/// Looks twice: over C coarse cells, of which it chooses K, then over the fine locations within these only.
/// Two attentions, and any two combine: <c>Sampled</c> over <c>Expected</c> chooses hard and looks softly where it chose.
/// </summary>
/// <remarks>
/// Fine keys and values are computed in the chosen cells only: K·N/C places for each query instead of N.
/// The choice has no gradient; the record's log-probability is there for an estimator, like that of any hard read.
/// </remarks>
public sealed class CoarseToFine : torch.nn.Module
{
    private readonly Attention coarse;
    private readonly Attention fine;
    private readonly Tensor members;

    /// <summary>Combines two attentions.</summary>
    /// <param name="coarse">Chooses cells: its read is one that records a choice, such as <see cref="Sampled"/> or <see cref="TopK"/>, and chooses no cell twice.</param>
    /// <param name="fine">Attends within the chosen cells.</param>
    /// <param name="members">int64 [C, F], the fine locations of each cell; each of 0..C·F−1 is in one cell. See <see cref="SquareCells"/>. It is copied.</param>
    /// <exception cref="ArgumentException">The members are not a division of the locations into cells.</exception>
    public CoarseToFine(Attention coarse, Attention fine, Tensor members) : base(nameof(CoarseToFine))
    {
        ArgumentNullException.ThrowIfNull(coarse);
        ArgumentNullException.ThrowIfNull(fine);
        Shape.Require(members, nameof(members), "C", "F");
        if (members.dtype != torch.ScalarType.Int64 || !members.data<long>().Order().SequenceEqual(Enumerable.Range(0, (int)members.numel()).Select(n => (long)n)))
            throw new ArgumentException($"members must hold each of 0..{members.numel() - 1} once, as Int64.", nameof(members));
        this.coarse = coarse;
        this.fine = fine;
        this.members = members.clone().DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <summary>The first look, which chooses cells.</summary>
    public Attention Coarse => coarse;

    /// <summary>Divides a square grid of locations, counted row by row, into square cells, counted row by row too.</summary>
    /// <param name="side">Locations in a row, and rows.</param>
    /// <param name="cell">Locations in a row of a cell; it divides the side.</param>
    /// <returns>int64 [C, F], the caller's.</returns>
    /// <exception cref="ArgumentException">The cells do not fill the grid.</exception>
    public static Tensor SquareCells(int side, int cell)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cell, 1);
        if (side < cell || side % cell != 0) throw new ArgumentException($"Cells of {cell} do not fill a side of {side}.", nameof(side));
        using var scope = torch.NewDisposeScope();
        var cells = side / cell;
        return torch.arange(side * side, torch.int64).reshape(cells, cell, cells, cell).permute(0, 2, 1, 3)
            .reshape(cells * cells, cell * cell).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Attends to the cells, then within those chosen.</summary>
    /// <param name="query">q [B, T, Dq], for both.</param>
    /// <param name="coarseKeys">[B, C, Dk], what each cell offers to be found by.</param>
    /// <param name="fineKeys">[B, N, Dk'], with N = C·F; computed where it is looked.</param>
    /// <param name="values">v [B, N, D]; computed where it is looked, or, with a hard fine read, where it is read.</param>
    /// <param name="mask">Boolean [B, N] or [B, T, N], true where a fine location may be attended to; null allows all. A cell without any is masked.</param>
    /// <param name="generator">Where randomness comes from; only a random read needs it.</param>
    /// <exception cref="ArgumentException">A shape does not fit; the message names the tensor.</exception>
    /// <exception cref="InvalidOperationException">The coarse read does not choose.</exception>
    public CoarseToFineResult forward(Tensor query, Tensor coarseKeys, Values fineKeys, Values values, Tensor? mask = null, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(fineKeys);
        ArgumentNullException.ThrowIfNull(values);
        Shape.Require(query, nameof(query), "B", "T", "Dq");
        var (b, t) = (query.shape[0], query.shape[1]);
        Shape.Require(coarseKeys, nameof(coarseKeys), b, members.shape[0], "Dk");
        using var scope = torch.NewDisposeScope();
        var everywhere = query.new_empty(b, 0, members.numel());
        fineKeys.RequireFit(everywhere);
        values.RequireFit(everywhere);
        var allowed = mask is null ? null : StepMask.Of(mask, b, t, members.numel());
        // First look: z ~ p, with p = softmax(e) over the C cells
        var over = coarse.forward(query, coarseKeys, coarseKeys, mask: CellsOf(allowed), generator: generator);
        var places = Places(over, allowed);

        // Second look: c = Σ α v over the N/C places of a chosen cell. Each query has places of its own, so each becomes an example of its own
        var m = places.Index.shape[2];
        var keys = fineKeys.At(places.Index.reshape(b, t * m));
        var within = fine.forward(query.reshape(b * t, 1, query.shape[2]), keys.reshape(b * t, m, keys.shape[2]), places.Within(values), mask: places.Open.reshape(b * t, m), generator: generator);

        var attended = new AttentionResult(within.Context.reshape(b, t, within.Context.shape[2]).MoveToOuterDisposeScope(), (Categorical)Categorical.Of(places.Spread(within.Weights, members.numel())).MoveToOuterDisposeScope())
        {
            Choice = places.Chosen(within.Choice).MoveToOuterDisposeScope(),
            LogProbability = Sum(over.LogProbability, within.LogProbability?.reshape(b, t))?.MoveToOuterDisposeScope(),
            Entropy = Sum(over.Entropy, within.Entropy?.reshape(b, t))?.MoveToOuterDisposeScope(),
        };
        return new CoarseToFineResult(attended, over.MoveToOuterDisposeScope());
    }

    private Tensor? CellsOf(Tensor? allowed) =>
        allowed?.index_select(-1, members.flatten()).reshape(allowed.shape[0], allowed.shape[1], members.shape[0], members.shape[1]).any(-1);

    private FinePlaces Places(AttentionResult over, Tensor? allowed)
    {
        var cells = over.Choice ?? throw new InvalidOperationException("The coarse attention reads all cells; give it a read that chooses, such as Sampled or TopK.");
        var (b, t, k) = (cells.shape[0], cells.shape[1], cells.shape[2]);
        var (f, m) = (members.shape[1], k * members.shape[1]);
        var index = members.index_select(0, cells.clamp_min(0).flatten()).reshape(b, t, m);
        var open = (cells >= 0).unsqueeze(-1).expand(b, t, k, f).reshape(b, t, m);
        return new FinePlaces(index, allowed is null ? open : open.logical_and(allowed.gather(-1, index)));
    }

    // Two choices in a row: their log-probabilities add up, and so do their entropies.
    private static Tensor? Sum(Tensor? over, Tensor? within) => over is null ? within : within is null ? over.alias() : over + within;
}
