namespace AttentionNotebooks;

/// <summary>K attentions side by side, each with its own projection of queries, keys and values (Vaswani et al. 2017, §3.2.2): c = W_O [c₁; …; c_K].</summary>
/// <remarks>Heads are folded into the batch, so any score, distribution and read works; its parameters, if it has any, are shared by the heads.</remarks>
public sealed class MultiHead : torch.nn.Module
{
    private readonly long heads;
    private readonly Linear projectQuery;
    private readonly Linear projectKey;
    private readonly Linear projectValue;
    private readonly Linear output;
    private readonly Attention attention;

    /// <summary>Makes the projections.</summary>
    /// <param name="attention">What each head does; its queries and keys have <paramref name="features"/> / K features.</param>
    /// <param name="heads">K ≥ 1.</param>
    /// <param name="features">D, the features of what is returned, a multiple of K.</param>
    /// <param name="queryFeatures">Dq, the features of a query; null for D.</param>
    /// <param name="keyFeatures">Dk, the features of a key; null for D.</param>
    /// <param name="valueFeatures">The features of a value; null for D.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or D is not a multiple of K.</exception>
    public MultiHead(Attention attention, long heads, long features, long? queryFeatures = null, long? keyFeatures = null, long? valueFeatures = null) : base(nameof(MultiHead))
    {
        ArgumentNullException.ThrowIfNull(attention);
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        if (features % heads != 0) throw new ArgumentOutOfRangeException(nameof(features), features, $"{features} features cannot be shared evenly by {heads} heads.");
        this.heads = heads;
        this.attention = attention;
        projectQuery = torch.nn.Linear(queryFeatures ?? features, features);
        projectKey = torch.nn.Linear(keyFeatures ?? features, features);
        projectValue = torch.nn.Linear(valueFeatures ?? features, features);
        output = torch.nn.Linear(features, features);
        RegisterComponents();
    }

    /// <summary>What each head does.</summary>
    public Attention Attention => attention;

    /// <summary>Attends.</summary>
    /// <returns>The context [B, T, D]; everything else in the record has K·T steps, head by head.</returns>
    /// <inheritdoc cref="Attention.forward"/>
    public AttentionResult forward(Tensor query, Tensor keys, Values values, Tensor? mask = null, Generator? generator = null, Past? past = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        Shape.Require(query, nameof(query), "B", "T", projectQuery.in_features);
        Shape.Require(keys, nameof(keys), query.shape[0], "N", projectKey.in_features);
        using var scope = torch.NewDisposeScope();
        var (b, t) = (query.shape[0], query.shape[1]);
        var each = attention.forward(Split(projectQuery.call(query)), Split(projectKey.call(keys)), Project(values, b), Repeat(mask), generator, past?.OneHeadEach());
        // c = W_O [c₁; …; c_K]   Vaswani 2017, §3.2.2
        var context = output.call(each.Context.reshape(b, heads, t, -1).transpose(1, 2).reshape(b, t, -1));
        return each.Merge(context, heads).MoveToOuterDisposeScope();
    }

    // [B, N, D] → [B·K, N, D / K]
    private Tensor Split(Tensor all) => all.reshape(all.shape[0], all.shape[1], heads, -1).transpose(1, 2).reshape(all.shape[0] * heads, all.shape[1], -1);

    private Tensor? Repeat(Tensor? mask) => mask?.repeat_interleave(heads, 0);

    private Values Project(Values values, long b)
    {
        if (values.Present is Tensor present)
        {
            Shape.Require(present, nameof(values), b, "N", projectValue.in_features);
            return Split(projectValue.call(present));
        }

        return Values.Lazy(() => Split(projectValue.call(values.All())), locations => ReadByHead(values, locations, b));
    }

    // Each head reads locations of its own [B·K, M], and needs its own part of their projection.
    private Tensor ReadByHead(Values values, Tensor locations, long b)
    {
        using var scope = torch.NewDisposeScope();
        var projected = projectValue.call(values.At(locations.reshape(b, -1))).reshape(b, heads, locations.shape[1], heads, -1);
        return torch.diagonal(projected, 0, 1, 3).permute(0, 3, 1, 2).reshape(b * heads, locations.shape[1], -1).MoveToOuterDisposeScope();
    }
}
