namespace AttentionNotebooks;

/// <summary>The digit sets: real ones from files, or our own, drawn from a seed.</summary>
public static class Digits
{
    /// <summary>What the labels of MNIST and of the drawn digits mean.</summary>
    public static IReadOnlyList<string> Names { get; } = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    /// <summary>What the drawn digits are called.</summary>
    internal const string DrawnName = "drawn digits";

    private static readonly DigitFiles MnistFiles = new(
        "MNIST", "mnist", Names, "LeCun, Cortes, Burges 1998");

    private static readonly DigitFiles FashionFiles = new(
        "Fashion-MNIST", "fashion-mnist",
        ["T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"],
        "Xiao, Rasul, Vollgraf 2017");

    /// <summary>MNIST: 60,000 handwritten digits to train on, 10,000 to test on, 28×28, from <c>mnist/</c> in the data root.</summary>
    /// <param name="root">Where data lie.</param>
    /// <exception cref="DataFileException">A file is missing or damaged.</exception>
    public static DigitData Mnist(DataRoot root) => MnistFiles.Read(root);

    /// <summary>Fashion-MNIST: ten kinds of clothes in the format of MNIST, from <c>fashion-mnist/</c> in the data root.</summary>
    /// <param name="root">Where data lie.</param>
    /// <exception cref="DataFileException">A file is missing or damaged.</exception>
    public static DigitData FashionMnist(DataRoot root) => FashionFiles.Read(root);

    /// <summary>Cluttered MNIST: 10,000 digits to train on and 1,000 to test on, each somewhere among pieces of others, 40×40, from <c>cluttered-mnist/</c> in the data root.</summary>
    /// <param name="root">Where data lie.</param>
    /// <exception cref="DataFileException">The file is missing or damaged.</exception>
    public static DigitData ClutteredMnist(DataRoot root) => ClutteredDigitFile.Read(root);

    /// <summary>
    /// Digits drawn with a pen: for each one of several ways to write it, a hand of its own (size, slant, turn, pressure, width) and
    /// points that wobble. Same seed, same bytes, on every platform; a longer set begins with the shorter one; each ten in a row
    /// hold every digit once.
    /// </summary>
    /// <param name="seed">Any number.</param>
    /// <param name="trainCount">How many to train on.</param>
    /// <param name="testCount">How many to test on; they come from a stream of their own.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or more than one array holds (2.7 million).</exception>
    public static DigitData Drawn(long seed, int trainCount = 20_000, int testCount = 4_000) =>
        Drawn(seed, trainCount, testCount, $"Drawn digits, made from seed {seed}.");

    /// <summary>
    /// MNIST where its files are in the data root, else drawn digits. Which of the two is in <see cref="DigitData.Name"/>,
    /// the reason in <see cref="DigitData.Why"/>. Files that are there but damaged or incomplete are an error, not a reason to draw.
    /// </summary>
    /// <param name="root">Where data lie.</param>
    /// <param name="seed">For drawing.</param>
    /// <param name="trainCount">How many to draw to train on.</param>
    /// <param name="testCount">How many to draw to test on.</param>
    /// <exception cref="DataFileException">A file is damaged, or some of the files are missing.</exception>
    public static DigitData MnistOrDrawn(DataRoot root, long seed, int trainCount = 20_000, int testCount = 4_000)
    {
        ArgumentNullException.ThrowIfNull(root);
        return MnistFiles.AnyIn(root)
            ? MnistFiles.Read(root)
            : Drawn(seed, trainCount, testCount, $"Drawn digits, made from seed {seed}: the data root has no MNIST.");
    }

    private static DigitData Drawn(long seed, int trainCount, int testCount, string why) =>
        new(DrawSet(seed, DrawnDigits.Train, trainCount), DrawSet(seed, DrawnDigits.Test, testCount), why);

    private static DigitSet DrawSet(long seed, ulong stream, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Array.MaxLength / (DrawnDigits.Side * DrawnDigits.Side));
        var (pixels, labels) = new DrawnDigits(seed, stream).Draw(count);
        return new(DrawnName, DrawnDigits.Side, DrawnDigits.Side, pixels, labels, Names, $"drawn by this library from seed {seed}");
    }
}
