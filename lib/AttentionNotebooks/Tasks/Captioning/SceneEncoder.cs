namespace AttentionNotebooks;

/// <summary>A small convolutional network that makes of a picture an annotation vector for each of 6×6 places, aₙ (Xu et al. 2015, §3.1.1), trained from scratch.</summary>
/// <remarks>An annotation sees no more than 14 pixels, a large object: what stands next to what is for the attention to find out. Training normalises by the batch; call <c>eval()</c> before it is tested.</remarks>
public sealed class SceneEncoder : torch.nn.Module<Tensor, Tensor>
{
    // One step of the annotations is eight pixels.
    private const int Downsampling = 8;

    private readonly Sequential convolve;
    private readonly Sequential combine;
    private readonly Tensor coordinates; // [1, 2, 6, 6], −1..1

    /// <summary>Makes the network.</summary>
    /// <param name="side">S, a picture's side, in pixels, a multiple of 8.</param>
    /// <param name="features">D, the features of an annotation.</param>
    /// <param name="generator">Where the initial weights come from.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or no multiple.</exception>
    public SceneEncoder(int side, long features, Generator generator) : base(nameof(SceneEncoder))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, Downsampling);
        ArgumentOutOfRangeException.ThrowIfNotEqual(side % Downsampling, 0, nameof(side));
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        Places = new WindowGrid(side, Downsampling, Downsampling);
        convolve = torch.nn.Sequential(
            torch.nn.Conv2d(SceneSet.Channels, 48, kernel_size: 6, stride: 4, padding: 1),
            torch.nn.BatchNorm2d(48),
            torch.nn.ReLU(),
            torch.nn.Conv2d(48, 64, kernel_size: 3, stride: 2, padding: 1),
            torch.nn.BatchNorm2d(64),
            torch.nn.ReLU());
        // What is there, and where: coordinates are two channels more (Liu et al. 2018, CoordConv).
        combine = torch.nn.Sequential(
            torch.nn.Conv2d(64 + 2, features, kernel_size: 1),
            torch.nn.BatchNorm2d(features),
            torch.nn.ReLU());
        coordinates = Grid(Places.Side).DetachFromDisposeScope();
        register_buffer(nameof(coordinates), coordinates);
        RegisterComponents();
        // Normalisations begin as they are.
        foreach (var convolution in modules().OfType<Conv2d>()) Initialization.Draw(convolution, generator);
    }

    /// <summary>The N places, row by row: the square of pixels at the centre of what each annotation has seen.</summary>
    public WindowGrid Places { get; }

    /// <summary>Annotates pictures.</summary>
    /// <param name="pictures">[B, 3, S, S] float32 in 0..1.</param>
    /// <returns>a [B, N, D], 0 or more.</returns>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public override Tensor forward(Tensor pictures)
    {
        Shape.Require(pictures, nameof(pictures), "B", SceneSet.Channels, Places.ImageSize, Places.ImageSize);
        using var scope = torch.NewDisposeScope();
        var seen = convolve.call(pictures - 0.5);
        var where = coordinates.expand(pictures.shape[0], 2, Places.Side, Places.Side);
        return combine.call(torch.cat([seen, where], 1)).flatten(2).transpose(1, 2).contiguous().MoveToOuterDisposeScope();
    }

    private static Tensor Grid(int side)
    {
        using var scope = torch.NewDisposeScope();
        var line = torch.linspace(-1, 1, side);
        return torch.stack([line.unsqueeze(0).expand(side, side), line.unsqueeze(1).expand(side, side)]).unsqueeze(0).MoveToOuterDisposeScope();
    }
}
