namespace AttentionNotebooks;

/// <summary>
/// A small convolutional network that makes of a picture an annotation vector for each of 6×6 places, aₙ (Xu et al. 2015, §3.1.1), trained from scratch:
/// aₙ = [what is there; where that is].
/// </summary>
/// <remarks>
/// Where a place is stands beside what the convolutions make of it, and goes through none of them. If it did, “a circle in the upper left” would be a feature, and the mean over all
/// places would still say what lies where. So the mean has the same coordinates for every picture; only who singles out a place learns where it is.
/// For the same reason an annotation sees its square and one pixel around it, and the ground goes on beyond the edge: an object of <see cref="Scenes"/> looks the same wherever it stands.
/// Training normalises by the batch; call <c>eval()</c> before it is tested.
/// </remarks>
public sealed class SceneEncoder : torch.nn.Module<Tensor, Tensor>
{
    // One step of the annotations is eight pixels.
    private const int Downsampling = 8;

    private readonly Sequential convolve;
    private readonly Tensor coordinates; // [1, N, 2 (√N − 1)], −1 or 1

    /// <summary>Makes the network.</summary>
    /// <param name="side">S, a picture's side, in pixels, a multiple of 8.</param>
    /// <param name="features">What is there, in how many features.</param>
    /// <param name="generator">Where the initial weights come from.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or no multiple.</exception>
    public SceneEncoder(int side, long features, Generator generator) : base(nameof(SceneEncoder))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, Downsampling);
        ArgumentOutOfRangeException.ThrowIfNotEqual(side % Downsampling, 0, nameof(side));
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        Places = new WindowGrid(side, Downsampling, Downsampling);
        // Ten pixels a place: 6 + 4 (2 − 1).
        convolve = torch.nn.Sequential(
            torch.nn.Conv2d(SceneSet.Channels, 32, kernel_size: 6, stride: 4, padding: 1, padding_mode: PaddingModes.Replicate),
            torch.nn.BatchNorm2d(32),
            torch.nn.ReLU(),
            torch.nn.Conv2d(32, 64, kernel_size: 2, stride: 2),
            torch.nn.BatchNorm2d(64),
            torch.nn.ReLU(),
            torch.nn.Conv2d(64, features, kernel_size: 1),
            torch.nn.BatchNorm2d(features),
            torch.nn.ReLU());
        coordinates = Grid(Places.Side).DetachFromDisposeScope();
        register_buffer(nameof(coordinates), coordinates);
        RegisterComponents();
        Features = features + coordinates.shape[2];
        // Normalisations begin as they are.
        foreach (var convolution in modules().OfType<Conv2d>()) Initialization.Draw(convolution, generator);
    }

    /// <summary>The N places, row by row: the square of pixels at the centre of what each annotation has seen.</summary>
    public WindowGrid Places { get; }

    /// <summary>D, the features of an annotation: what is there and where that is.</summary>
    public long Features { get; }

    /// <summary>Annotates pictures.</summary>
    /// <param name="pictures">[B, 3, S, S] float32 in 0..1.</param>
    /// <returns>a [B, N, D].</returns>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public override Tensor forward(Tensor pictures)
    {
        Shape.Require(pictures, nameof(pictures), "B", SceneSet.Channels, Places.ImageSize, Places.ImageSize);
        using var scope = torch.NewDisposeScope();
        var what = convolve.call(pictures - 0.5).flatten(2).transpose(1, 2);
        var where = coordinates.expand(pictures.shape[0], -1, -1);
        return torch.cat([what, where], -1).MoveToOuterDisposeScope();
    }

    // Of every line between two columns, and then of every line between two rows, on which side a place is:
    // the difference of two places, which a relation is about, is then as large as they are far apart, and linear.
    private static Tensor Grid(int side)
    {
        using var scope = torch.NewDisposeScope();
        var beyond = torch.arange(side).unsqueeze(1).gt(torch.arange(side - 1)).to(torch.float32) * 2 - 1;
        var (columns, rows) = (beyond.unsqueeze(0).expand(side, -1, -1), beyond.unsqueeze(1).expand(-1, side, -1));
        return torch.cat([columns, rows], -1).flatten(0, 1).unsqueeze(0).MoveToOuterDisposeScope();
    }
}
