namespace AttentionNotebooks;

/// <summary>
/// Reads a canvas through windows: cheap keys from a coarse overview say where to look, a convolutional network reads the windows looked at.
/// The attention decides which those are; nothing else in here knows whether it is soft or hard.
/// </summary>
public sealed class CanvasReader : torch.nn.Module<Tensor, Generator?, Reading>
{
    /// <summary>Dq, the features of the query.</summary>
    public const int QueryFeatures = 16;

    /// <summary>Dk, the features of a key.</summary>
    public const int KeyFeatures = 16;

    private const int Coarseness = 4;
    private const int Channels = 32;
    private const int ValueFeatures = 64;

    // The convolutions take one step for four pixels, so a window of 28 pixels is 5 places of their result, and a stride of 8 is 2.
    private const int Downsampling = 4;
    private const int PlacesPerWindow = 5;

    private readonly Parameter query;
    private readonly Sequential overview;
    private readonly Sequential convolve;
    private readonly Sequential summarize;
    private readonly Linear classify;
    private readonly Attention attention;

    /// <summary>Makes a reader, with weights drawn from the generator.</summary>
    /// <param name="attention">Which windows are read, and how: any score of <see cref="QueryFeatures"/> and <see cref="KeyFeatures"/>, any distribution, any read.</param>
    /// <param name="generator">Where the initial weights come from.</param>
    /// <param name="classes">How many classes there are.</param>
    public CanvasReader(Attention attention, Generator generator, int classes = 10) : base(nameof(CanvasReader))
    {
        ArgumentNullException.ThrowIfNull(attention);
        this.attention = attention;
        query = torch.nn.Parameter(torch.zeros(1, 1, QueryFeatures));
        overview = torch.nn.Sequential(
            torch.nn.AvgPool2d(Coarseness),
            torch.nn.Conv2d(1, 8, kernel_size: 3, padding: 1),
            torch.nn.ReLU(),
            torch.nn.Conv2d(8, KeyFeatures, kernel_size: Windows.WindowSize / Coarseness, stride: Windows.Stride / Coarseness),
            torch.nn.ReLU());
        convolve = torch.nn.Sequential(
            torch.nn.Conv2d(1, 16, kernel_size: 5, stride: 2),
            torch.nn.ReLU(),
            torch.nn.Conv2d(16, Channels, kernel_size: 3, stride: 2),
            torch.nn.ReLU());
        summarize = torch.nn.Sequential(
            torch.nn.Linear(Channels * PlacesPerWindow * PlacesPerWindow, ValueFeatures),
            torch.nn.ReLU());
        classify = torch.nn.Linear(ValueFeatures, classes);
        RegisterComponents();
        Initialization.Draw(this, generator);
    }

    /// <summary>Where and how the reader looks.</summary>
    public Attention Attention => attention;

    /// <summary>The N = 25 windows of 28×28 pixels, 8 apart, on a canvas of 60×60.</summary>
    public static WindowGrid Windows { get; } = new(60, 28, 8);

    /// <summary>F, what the reader knows before it chooses: its keys.</summary>
    public static int OverviewFeatures => Windows.Count * KeyFeatures;

    /// <summary>Reads canvases.</summary>
    /// <param name="canvases">[B, 1, 60, 60] float32 in 0..1.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public override Reading forward(Tensor canvases, Generator? generator)
    {
        Shape.Require(canvases, nameof(canvases), "B", 1, Windows.ImageSize, Windows.ImageSize);
        using var scope = torch.NewDisposeScope();
        var keys = overview.call(canvases).flatten(2).transpose(1, 2);
        var values = Values.Lazy(() => ReadAll(canvases), locations => ReadAt(canvases, locations));
        var attended = attention.forward(query.expand(canvases.shape[0], 1, QueryFeatures), keys, values, generator: generator);
        var logits = classify.call(attended.Context.squeeze(1));
        var known = keys.detach().flatten(1);
        return new Reading(logits.MoveToOuterDisposeScope(), attended.MoveToOuterDisposeScope(), known.MoveToOuterDisposeScope());
    }

    /// <summary>Reads canvases in another way than the reader was trained to; its own read is back in place afterwards.</summary>
    /// <param name="canvases">[B, 1, 60, 60] float32 in 0..1.</param>
    /// <param name="read">The evaluation mode: <see cref="Expected"/>, <see cref="Sampled"/>, <see cref="MostLikely"/>.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public Reading ReadAs(Tensor canvases, Read read, Generator? generator = null) => attention.ReadAs(read, () => call(canvases, generator));

    // Windows overlap, so a read of all convolves the whole canvas once: the same numbers for a fraction of the work.
    private Tensor ReadAll(Tensor canvases)
    {
        using var scope = torch.NewDisposeScope();
        var step = Windows.Stride / Downsampling;
        var places = convolve.call(canvases).unfold(2, PlacesPerWindow, step).unfold(3, PlacesPerWindow, step);
        return summarize.call(places.permute(0, 2, 3, 1, 4, 5).reshape(canvases.shape[0], Windows.Count, -1)).MoveToOuterDisposeScope();
    }

    private Tensor ReadAt(Tensor canvases, Tensor locations)
    {
        using var scope = torch.NewDisposeScope();
        var windows = Windows.At(canvases, locations);
        var places = convolve.call(windows.reshape(-1, 1, Windows.WindowSize, Windows.WindowSize));
        return summarize.call(places.reshape(locations.shape[0], locations.shape[1], -1)).MoveToOuterDisposeScope();
    }
}
