namespace AttentionNotebooks;

/// <summary>The small convolutional network that every model of the task looks through: a picture becomes N = 81 places, each with features and coordinates.</summary>
public sealed class ClevrEye : torch.nn.Module<Tensor, Tensor>
{
    /// <summary>D, the features of a place: channels, then x, y and x² + y².</summary>
    public const int Features = Channels + 3;

    /// <summary>The features of a place that are seen.</summary>
    internal const int Channels = 32;

    // A place sees 15×15 pixels, a little more than an object, so that it tells of what is there and of nothing else.
    private readonly Sequential convolve;
    private readonly Tensor coordinates; // [N, 3]

    /// <summary>Makes the layers; whoever owns it draws the weights.</summary>
    public ClevrEye() : base(nameof(ClevrEye))
    {
        convolve = torch.nn.Sequential(
            torch.nn.Conv2d(3, 12, kernel_size: 3, stride: 3),
            torch.nn.ReLU(),
            torch.nn.Conv2d(12, Channels, kernel_size: 5, stride: 3, padding: 2),
            torch.nn.ReLU(),
            torch.nn.Conv2d(Channels, Channels, kernel_size: 1),
            torch.nn.ReLU());
        coordinates = Coordinates().DetachFromDisposeScope();
        register_buffer(nameof(coordinates), coordinates);
        RegisterComponents();
    }

    /// <summary>The places as windows of the picture, each around the middle of what the place sees.</summary>
    public static WindowGrid Places { get; } = new(ClevrScene.Side, 3, 9);

    /// <summary>Looks.</summary>
    /// <param name="images">[B, 3, 75, 75].</param>
    /// <returns>[B, N, D].</returns>
    public override Tensor forward(Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        var seen = convolve.call(images).flatten(2).transpose(1, 2);
        return torch.cat([seen, coordinates.expand(images.shape[0], Places.Count, 3)], -1).MoveToOuterDisposeScope();
    }

    // With x² + y² among the features, the squared distance of two places is linear in each: |p − x|² = |p|² − 2 p·x + |x|², so that a scalar product can look for what is near.
    private static Tensor Coordinates()
    {
        using var scope = torch.NewDisposeScope();
        var line = torch.linspace(-1, 1, Places.Side);
        var (y, x) = (line.repeat_interleave(Places.Side), line.repeat(Places.Side));
        return torch.stack([x, y, x * x + y * y], -1).MoveToOuterDisposeScope();
    }
}
