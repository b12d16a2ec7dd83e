namespace AttentionNotebooks;

/// <summary>What was seen, and where: g = ReLU(W [ReLU(h_ρ); ReLU(W_l l)]) (Mnih et al. 2014, §3.1, the glimpse network).</summary>
public sealed class GlimpseNetwork : torch.nn.Module<Tensor, Tensor, Tensor>
{
    private readonly torch.nn.Module<Tensor, Tensor> what;
    private readonly Linear where;
    private readonly Linear combine;

    /// <summary>Makes the network around an encoder of patches.</summary>
    /// <param name="what">From a glimpse [B, scales·C, size, size] to [B, <paramref name="whatFeatures"/>]: convolutions, or a layer over its pixels (<see cref="OfPixels"/>).</param>
    /// <param name="whatFeatures">The features of what was seen.</param>
    /// <param name="whereFeatures">The features of where.</param>
    /// <param name="features">The features of both together.</param>
    /// <exception cref="ArgumentOutOfRangeException">A width is below 1.</exception>
    public GlimpseNetwork(torch.nn.Module<Tensor, Tensor> what, long whatFeatures = 128, long whereFeatures = 128, long features = 256) : base(nameof(GlimpseNetwork))
    {
        ArgumentNullException.ThrowIfNull(what);
        ArgumentOutOfRangeException.ThrowIfLessThan(whatFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(whereFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        this.what = what;
        Features = features;
        where = torch.nn.Linear(2, whereFeatures);
        combine = torch.nn.Linear(whatFeatures + whereFeatures, features);
        RegisterComponents();
    }

    /// <summary>The features of a glimpse, g [B, features].</summary>
    public long Features { get; }

    /// <summary>The paper's encoder: one layer over the pixels of all patches.</summary>
    /// <param name="retina">The retina.</param>
    /// <param name="channels">C, the channels of the images.</param>
    /// <param name="features">The features of what was seen.</param>
    public static torch.nn.Module<Tensor, Tensor> OfPixels(Retina retina, long channels = 1, long features = 128)
    {
        ArgumentNullException.ThrowIfNull(retina);
        return torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(retina.Features((int)channels), features), torch.nn.ReLU());
    }

    /// <summary>Joins what was seen and where.</summary>
    /// <param name="glimpse">[B, scales·C, size, size], what a retina gave.</param>
    /// <param name="location">l [B, 2]; no gradient leaves for it.</param>
    /// <returns>g [B, features].</returns>
    public override Tensor forward(Tensor glimpse, Tensor location)
    {
        Shape.Require(glimpse, nameof(glimpse), "B", "scales·C", "size", "size");
        Shape.Require(location, nameof(location), glimpse.shape[0], 2);
        using var scope = torch.NewDisposeScope();
        // g = Rect(Linear(h_g) + Linear(h_l))   Mnih 2014, §3.1
        var both = torch.cat([what.call(glimpse), where.call(location.detach()).relu()], -1);
        return combine.call(both).relu().MoveToOuterDisposeScope();
    }
}
