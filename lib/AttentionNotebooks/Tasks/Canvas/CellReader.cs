namespace AttentionNotebooks;

/// <summary>
/// Reads a canvas in two looks (<see cref="CoarseToFine"/>): a glance at a canvas a quarter as fine chooses one of C cells, hard;
/// the windows within it are read, softly. What lies in other cells is not computed.
/// </summary>
/// <remarks>The layers are those of <see cref="CanvasReader"/>: what differs is where it looks. Windows of a cell overlap, so a cell is convolved once for all of its windows.</remarks>
public sealed class CellReader : torch.nn.Module<Tensor, Generator?, Reading>
{
    /// <summary>Dq = Dk, the features of the query, and of the keys of cells and windows.</summary>
    public const int KeyFeatures = 16;

    private const int Coarseness = 4;
    private const int Downsampling = 4;
    private const int Channels = 32;
    private const int ValueFeatures = 64;

    private readonly Parameter query;
    private readonly AvgPool2d blur;
    private readonly Sequential overview;
    private readonly Sequential offer;
    private readonly Sequential convolve;
    private readonly Sequential summarize;
    private readonly Linear classify;
    private readonly CoarseToFine looks;
    private readonly WindowGrid blurred;
    private readonly WindowGrid cells;
    private readonly int cell;

    /// <summary>Makes a reader, with weights drawn from the generator.</summary>
    /// <param name="over">Chooses cells: any score of <see cref="KeyFeatures"/>, any distribution, a read that chooses one.</param>
    /// <param name="within">Attends within the chosen cell, with a read of all there: <see cref="Expected"/>.</param>
    /// <param name="generator">Where the initial weights come from.</param>
    /// <param name="windows">The N windows, all sizes multiples of 4 pixels.</param>
    /// <param name="cell">Windows in a row of a cell, which divides those in a row of the canvas.</param>
    /// <param name="classes">How many classes there are.</param>
    public CellReader(Attention over, Attention within, Generator generator, WindowGrid windows, int cell = 2, int classes = 10) : base(nameof(CellReader))
    {
        ArgumentNullException.ThrowIfNull(over);
        ArgumentNullException.ThrowIfNull(windows);
        if (windows.ImageSize % Coarseness + windows.WindowSize % Coarseness + windows.Stride % Coarseness > 0)
            throw new ArgumentException($"Windows of {windows.WindowSize} pixels, {windows.Stride} apart, on a canvas of {windows.ImageSize}: take multiples of {Coarseness}.", nameof(windows));
        (Windows, this.cell) = (windows, cell);
        using var members = CoarseToFine.SquareCells(windows.Side, cell);
        looks = new CoarseToFine(over, within, members);
        cells = new WindowGrid(windows.ImageSize, windows.WindowSize + (cell - 1) * windows.Stride, cell * windows.Stride);
        blurred = new WindowGrid(windows.ImageSize / Coarseness, windows.WindowSize / Coarseness, windows.Stride / Coarseness);
        query = torch.nn.Parameter(torch.zeros(1, 1, KeyFeatures));
        blur = torch.nn.AvgPool2d(Coarseness);
        overview = torch.nn.Sequential(
            torch.nn.Conv2d(1, 8, kernel_size: 3, padding: 1),
            torch.nn.ReLU(),
            torch.nn.Conv2d(8, KeyFeatures, kernel_size: cells.WindowSize / Coarseness, stride: cells.Stride / Coarseness),
            torch.nn.ReLU());
        offer = torch.nn.Sequential(
            torch.nn.Linear(blurred.WindowSize * blurred.WindowSize, 2 * KeyFeatures),
            torch.nn.ReLU(),
            torch.nn.Linear(2 * KeyFeatures, KeyFeatures),
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

    /// <summary>The first look: which cell is read, and how it is chosen.</summary>
    public Attention Over => looks.Coarse;

    /// <summary>The N windows.</summary>
    public WindowGrid Windows { get; }

    /// <summary>C, how many cells there are.</summary>
    public int Cells => cells.Count;

    /// <summary>F, what the reader knows before it chooses: the keys of the cells.</summary>
    public int OverviewFeatures => cells.Count * KeyFeatures;

    private int PlacesPerWindow => Windows.WindowSize / Downsampling - 2;

    /// <summary>Reads canvases.</summary>
    /// <param name="canvases">[B, 1, S, S] float32 in 0..1.</param>
    /// <param name="generator">Where a random choice draws from.</param>
    /// <returns>The reading: weights over all windows, 0 outside the chosen cell.</returns>
    public override Reading forward(Tensor canvases, Generator? generator)
    {
        Shape.Require(canvases, nameof(canvases), "B", 1, Windows.ImageSize, Windows.ImageSize);
        using var scope = torch.NewDisposeScope();
        var glance = blur.call(canvases);
        var cellKeys = overview.call(glance).flatten(2).transpose(1, 2);
        var (keys, values) = (OnDemand(locations => Offer(glance, locations)), OnDemand(locations => ReadAt(canvases, locations)));
        var (attended, _) = looks.forward(query.expand(canvases.shape[0], 1, KeyFeatures), cellKeys, keys, values, generator: generator);
        var logits = classify.call(attended.Context);
        return new Reading(logits.MoveToOuterDisposeScope(), attended.MoveToOuterDisposeScope(), cellKeys.detach().flatten(1).MoveToOuterDisposeScope());
    }

    private static Values OnDemand(Func<Tensor, Tensor> at) => Values.Lazy(() => throw new NotSupportedException("Two looks never ask for all windows."), at);

    // What windows [B, M] offer to be found by, at a quarter of the resolution.
    private Tensor Offer(Tensor glance, Tensor locations) => offer.call(blurred.At(glance, locations).flatten(2));

    // Whole cells are asked for, window after window: each cell is cut out and convolved once.
    private Tensor ReadAt(Tensor canvases, Tensor locations)
    {
        using var scope = torch.NewDisposeScope();
        var (b, m, step) = (canvases.shape[0], locations.shape[1], Windows.Stride / Downsampling);
        var first = locations.reshape(b, -1, cell * cell).select(2, 0);
        var row = first.div(Windows.Side * cell, torch.RoundingMode.floor);
        var which = row * cells.Side + first.remainder(Windows.Side).div(cell, torch.RoundingMode.floor);
        var regions = cells.At(canvases, which).reshape(-1, 1, cells.WindowSize, cells.WindowSize);
        var places = convolve.call(regions).unfold(2, PlacesPerWindow, step).unfold(3, PlacesPerWindow, step);
        return summarize.call(places.permute(0, 2, 3, 1, 4, 5).reshape(b, m, -1)).MoveToOuterDisposeScope();
    }
}
