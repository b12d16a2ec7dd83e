namespace AttentionNotebooks;

/// <summary>
/// Reads a canvas through windows: cheap keys from a coarse overview say where to look, a convolutional network reads the windows looked at.
/// The attention decides which those are; nothing else in here knows whether it is soft or hard. Of several objects, each has a query of its own.
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

    // A buffer that is not kept follows the model to no other device or type: it is brought to the keys.
    private const string MiddlesName = "middles";

    private readonly Parameter query;
    private readonly Sequential overview;
    private readonly Linear? place;
    private readonly Sequential convolve;
    private readonly Sequential summarize;
    private readonly Linear classify;
    private readonly Attention attention;

    /// <summary>Makes a reader, with weights drawn from the generator.</summary>
    /// <param name="attention">Which windows are read, and how: any score of <see cref="QueryFeatures"/> and <see cref="KeyFeatures"/>, any distribution, any read.</param>
    /// <param name="generator">Where the initial weights come from.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="windows">The N windows, all sizes multiples of 4 pixels, a window at least 12; null for <see cref="StandardWindows"/>.</param>
    /// <param name="objects">O ≥ 1, how many objects there are to read, from left to right.</param>
    /// <exception cref="ArgumentException">The windows cannot be cut out of the canvas's convolution.</exception>
    public CanvasReader(Attention attention, Generator generator, int classes = 10, WindowGrid? windows = null, int objects = 1) : base(nameof(CanvasReader))
    {
        ArgumentNullException.ThrowIfNull(attention);
        ArgumentOutOfRangeException.ThrowIfLessThan(objects, 1);
        Windows = windows ?? StandardWindows;
        if (Windows.ImageSize % Downsampling + Windows.WindowSize % Downsampling + Windows.Stride % Downsampling > 0 || Windows.WindowSize < 3 * Downsampling)
            throw new ArgumentException($"Windows of {Windows.WindowSize} pixels, {Windows.Stride} apart, on a canvas of {Windows.ImageSize}: take multiples of {Downsampling}, and windows of {3 * Downsampling} pixels or more.", nameof(windows));
        this.attention = attention;
        query = torch.nn.Parameter(torch.zeros(1, objects, QueryFeatures));
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
        if (objects > 1)
        {
            // Which of several comes first is a matter of where they are.
            place = torch.nn.Linear(2, KeyFeatures);
            register_buffer(MiddlesName, Middles(Windows), persistent: false);
        }

        RegisterComponents();
        Initialization.Draw(this, generator);
    }

    /// <summary>N = 25 windows of 28×28 pixels, 8 apart, on a canvas of 60×60.</summary>
    public static WindowGrid StandardWindows { get; } = new(60, 28, 8);

    /// <summary>Where and how the reader looks.</summary>
    public Attention Attention => attention;

    /// <summary>The N windows.</summary>
    public WindowGrid Windows { get; }

    /// <summary>O, how many objects it reads.</summary>
    public long Objects => query.shape[1];

    /// <summary>F, what the reader knows before it chooses: its keys.</summary>
    public int OverviewFeatures => Windows.Count * KeyFeatures;

    /// <summary>The parameters that decide where to look: query, overview, score. A gradient reaches them through the scores alone.</summary>
    public IEnumerable<Parameter> Deciding => named_parameters().Where(named => Decides(named.name)).Select(named => named.parameter);

    /// <summary>The parameters that read what is looked at, and tell what it is.</summary>
    public IEnumerable<Parameter> Telling => named_parameters().Where(named => !Decides(named.name)).Select(named => named.parameter);

    private int PlacesPerWindow => Windows.WindowSize / Downsampling - 2;

    /// <summary>Reads canvases.</summary>
    /// <param name="canvases">[B, 1, S, S] float32 in 0..1.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public override Reading forward(Tensor canvases, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        var reading = Attend(Look(canvases), generator);
        foreach (var tensor in (Tensor[])[reading.Logits, reading.Overview]) tensor.MoveToOuterDisposeScope();
        reading.Attended.MoveToOuterDisposeScope();
        return reading;
    }

    /// <summary>Looks canvases over, before anything is read.</summary>
    /// <param name="canvases">[B, 1, S, S] float32 in 0..1; they must outlive the view.</param>
    /// <param name="entirely">Whether all windows are computed at once, for a view that is to be read at many of them one after the other.</param>
    /// <returns>The view; its tensors belong to the current scope.</returns>
    public CanvasView Look(Tensor canvases, bool entirely = false)
    {
        Shape.Require(canvases, nameof(canvases), "B", 1, Windows.ImageSize, Windows.ImageSize);
        using var scope = torch.NewDisposeScope();
        var keys = overview.call(canvases).flatten(2).transpose(1, 2);
        if (place is not null) keys = keys + place.call(get_buffer(MiddlesName)!.to(keys.dtype, keys.device));
        var values = entirely ? Values.FromTensor(ReadAll(canvases).MoveToOuterDisposeScope()) : Values.Lazy(() => ReadAll(canvases), locations => ReadAt(canvases, locations));
        return new CanvasView(keys.MoveToOuterDisposeScope(), values);
    }

    /// <summary>Attends to a view, and tells what was read.</summary>
    /// <param name="view">The view.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public Reading Attend(CanvasView view, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(view);
        using var scope = torch.NewDisposeScope();
        var attended = attention.forward(query.expand(view.Keys.shape[0], Objects, QueryFeatures), view.Keys, view.Values, generator: generator);
        var logits = classify.call(attended.Context);
        var known = view.Keys.detach().flatten(1);
        return new Reading(logits.MoveToOuterDisposeScope(), attended.MoveToOuterDisposeScope(), known.MoveToOuterDisposeScope());
    }

    /// <summary>Reads canvases in another way than the reader was trained to; its own read is back in place afterwards.</summary>
    /// <param name="canvases">[B, 1, S, S] float32 in 0..1.</param>
    /// <param name="read">The evaluation mode: <see cref="Expected"/>, <see cref="Sampled"/>, <see cref="MostLikely"/>.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public Reading ReadAs(Tensor canvases, Read? read, Generator? generator = null) => attention.ReadAs(read, () => call(canvases, generator));

    /// <summary>Where the reader looks on canvases; what it reads there is not computed.</summary>
    /// <param name="canvases">The canvases.</param>
    /// <returns>The weights α [B, O, N], on the processor, without gradient; the caller's.</returns>
    public Tensor Weights(CanvasBatch canvases)
    {
        ArgumentNullException.ThrowIfNull(canvases);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var view = Look(canvases.Images.On(this.Device())) with { Values = torch.zeros(canvases.Count, Windows.Count, 1, device: this.Device()) };
        var asked = query.expand(canvases.Count, Objects, QueryFeatures);
        var attended = attention.ReadAs(new MostLikely(), () => attention.forward(asked, view.Keys, view.Values));
        return attended.Weights.cpu().MoveToOuterDisposeScope();
    }

    /// <summary>The choices that a reader of one object faces on canvases, with all windows computed, as it is now: what it learns later does not change them.</summary>
    /// <param name="canvases">The canvases.</param>
    /// <returns>A choice of N windows for each; the caller's.</returns>
    /// <exception cref="InvalidOperationException">The reader looks for several objects.</exception>
    public SmallChoice Freeze(CanvasBatch canvases)
    {
        ArgumentNullException.ThrowIfNull(canvases);
        if (Objects != 1) throw new InvalidOperationException($"A reader of {Objects} objects makes {Objects} choices on each canvas: freeze one that looks for one.");
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var batch = canvases.To(this.Device());
        var view = Look(batch.Images, entirely: true);
        var reading = attention.ReadAs(new Expected(), () => Attend(view, null));
        var scores = ((Categorical)reading.Attended.Locations).LogWeights.squeeze(1);
        Tensor[] held = [classify.weight.clone().DetachFromDisposeScope(), classify.bias!.clone().DetachFromDisposeScope(), batch.Labels.flatten().clone().DetachFromDisposeScope()];
        return new SmallChoice(scores, view.Values.All(), contexts => Losses(contexts, held[0], held[1], held[2]), reading.Overview, held);
    }

    // −log p(label) of what was read in M tries, [M, B, D] → [M, B].
    private static Tensor Losses(Tensor contexts, Tensor weight, Tensor bias, Tensor labels)
    {
        var logits = torch.nn.functional.linear(contexts, weight, bias);
        return torch.nn.functional.cross_entropy(logits.flatten(0, 1), labels.repeat(contexts.shape[0]), reduction: torch.nn.Reduction.None).reshape(contexts.shape[0], contexts.shape[1]);
    }

    private static bool Decides(string name) => name.Split('.')[0] is nameof(query) or nameof(overview) or nameof(place) or nameof(attention);

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

    // [1, N, 2], the windows' centres, −1..1 across the canvas.
    private static Tensor Middles(WindowGrid windows)
    {
        using var scope = torch.NewDisposeScope();
        var boxes = windows.Boxes();
        var (corner, opposite) = (boxes.narrow(1, 0, 2), boxes.narrow(1, 2, 2));
        return ((corner + opposite) / windows.ImageSize - 1).unsqueeze(0).DetachFromDisposeScope();
    }
}
