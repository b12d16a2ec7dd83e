namespace AttentionNotebooks;

/// <summary>The digit tasks: translated, cluttered, in pairs, on any digits.</summary>
public static class DigitTasks
{
    private const int TestCount = 2000;

    // Soft and hard, and their controls: how to train a choice is compared among clutter.
    private static readonly Mechanism[] Few = [Mechanisms.Soft, Mechanisms.Reinforced, Mechanisms.LeftOneOut, Mechanisms.Average, Mechanisms.Random];

    /// <summary>One digit somewhere on 60×60, and nothing else (Mnih et al. 2014, §4.1, translated MNIST).</summary>
    /// <param name="digits">The digits: training canvases are drawn from one part, test canvases from the other.</param>
    /// <param name="seed">Where the test canvases come from.</param>
    /// <param name="testCount">How many test canvases there are.</param>
    public static AttentionTask Translated(DigitData digits, long seed, int testCount = TestCount) => On(digits, seed, testCount, "A digit anywhere", new DigitPlan { Mechanisms = Few, OneWindowSteps = 1000, GlimpseSteps = 900 }, clutter: 0);

    /// <summary>One digit somewhere on 60×60, among four pieces of others (Mnih et al. 2014, §4.1, cluttered translated MNIST).</summary>
    /// <inheritdoc cref="Translated"/>
    public static AttentionTask Cluttered(DigitData digits, long seed, int testCount = TestCount) => On(digits, seed, testCount, "A digit among clutter", new DigitPlan(), clutter: 4);

    /// <summary>The same canvases, and few steps: what hard attention learns by one estimator and another, windows alone.</summary>
    /// <inheritdoc cref="Translated"/>
    public static AttentionTask Estimators(DigitData digits, long seed, int testCount = TestCount) => On(digits, seed, testCount, "A digit among clutter, in few steps", new DigitPlan
    {
        Mechanisms = [Mechanisms.NoBaseline, Mechanisms.MovingAverage, Mechanisms.Reinforced, Mechanisms.LeftOneOut, Mechanisms.StraightThrough, Mechanisms.NoEstimator, Mechanisms.Random],
        WindowsAlone = true,
        AllWindowsSteps = 500,
        OneWindowSteps = 500,
    }, clutter: 4);

    /// <summary>One digit somewhere on 100×100, among eight pieces of others: N = 100 windows (Mnih et al. 2014, §4.1, table 2).</summary>
    /// <inheritdoc cref="Translated"/>
    /// <remarks>Without the exact marginal, which tries all hundred windows at each step.</remarks>
    public static AttentionTask ClutteredLarge(DigitData digits, long seed, int testCount = TestCount) => On(digits, seed, testCount, "A digit on a large canvas", new DigitPlan
    {
        Windows = new WindowGrid(100, 28, 8),
        Mechanisms = [Mechanisms.Soft, Mechanisms.Sparse, Mechanisms.Reinforced, Mechanisms.LeftOneOut, Mechanisms.Average, Mechanisms.Random],
        // From the middle, the coarsest scale sees the whole canvas.
        Glimpses = new GlimpsePlan { Retina = new Retina(12, scales: 3, zoom: 3) },
        AllWindowsSteps = 300,
        // A hundred windows tell a new reader next to nothing: with large steps at once, soft attention never begins to learn.
        WindowSchedule = new WarmUp(60, new Cosine()),
    }, clutter: 8);

    /// <summary>Two digits on 76×76, to be read from left to right, and their sum (after Ba et al. 2015, §4.1).</summary>
    /// <inheritdoc cref="Translated"/>
    public static AttentionTask Pairs(DigitData digits, long seed, int testCount = TestCount) => On(digits, seed, testCount, "Two digits, and their sum", new DigitPlan
    {
        Windows = new WindowGrid(76, 28, 8),
        Mechanisms = [Mechanisms.Soft, Mechanisms.Reinforced, Mechanisms.LeftOneOut, Mechanisms.Marginal, Mechanisms.Average, Mechanisms.Random],
        Glimpses = new GlimpsePlan { Glimpses = 2, BatchSize = 192 },
        AllWindowsSteps = 400,
        GlimpseSteps = 900,
    }, clutter: 0, objects: 2);

    /// <summary>One digit somewhere among distortions on 40×40, as published (Sønderby et al. 2015); where it is, no one tells, so that pointing is not measured.</summary>
    /// <param name="digits">The canvases.</param>
    public static AttentionTask Given(DigitData digits)
    {
        ArgumentNullException.ThrowIfNull(digits);
        using var test = new GivenCanvases(digits.Test);
        var windows = new WindowGrid(digits.Train.Width, 28, 4);
        return new DigitTask("A digit among clutter, as published", digits.Name, new GivenCanvases(digits.Train), test.All(), digits.Train.ClassNames.Count, new DigitPlan { Windows = windows, Mechanisms = Few });
    }

    private static DigitTask On(DigitData digits, long seed, int testCount, string name, DigitPlan plan, int clutter, int objects = 1)
    {
        ArgumentNullException.ThrowIfNull(digits);
        var size = plan.Windows.ImageSize;
        using var canvases = new DigitCanvas(digits.Test, size, clutter, objects: objects);
        using var generator = new Generator((ulong)seed, torch.CPU);
        var test = canvases.Draw(testCount, generator);
        var drawn = digits.Train.Name == Digits.DrawnName;
        return new DigitTask(name, digits.Name, new DigitCanvas(digits.Train, size, clutter, objects: objects), test, digits.Train.ClassNames.Count, drawn ? plan : plan.Longer());
    }
}
