namespace AttentionNotebooks;

/// <summary>Strings of digits as a transcriber learns and is tested on them: features, the symbols to spell, and where each digit is said.</summary>
public sealed class DigitStringSet : IDisposable
{
    /// <summary>How many symbols there are: ten digits and the end.</summary>
    public const int Symbols = 11;

    /// <summary>The symbol that ends a string.</summary>
    public const int End = 10;

    private readonly bool ownStatistics;
    private readonly Tensor targets; // [Count, longest + 1] int64, ends after the digits
    private readonly Tensor counts; // [Count] int64, digits and one end

    /// <summary>Takes strings; their samples are not kept.</summary>
    /// <param name="strings">The strings, at least one.</param>
    /// <param name="frames">How features are computed.</param>
    /// <param name="statistics">What the features are standardised by; null for their own statistics, as of a training set.</param>
    public DigitStringSet(IReadOnlyList<DigitString> strings, LogMel frames, BandStatistics? statistics = null)
    {
        ArgumentNullException.ThrowIfNull(strings);
        ArgumentNullException.ThrowIfNull(frames);
        Features = SpeechFeatures.Of(frames, [.. strings.Select(each => each.Samples)]);
        (ownStatistics, Statistics) = (statistics is null, statistics ?? Features.Statistics().DetachFromDisposeScope());
        Features.Standardise(Statistics);
        Digits = [.. strings.Select(each => each.Digits)];
        Spans = [.. strings.Select(each => each.Spans)];
        using var scope = torch.NewDisposeScope();
        var longest = Digits.Max(digits => digits.Length);
        var symbols = Digits.SelectMany(digits => digits.Select(digit => (long)digit).Concat(Enumerable.Repeat((long)End, longest + 1 - digits.Length)));
        targets = torch.tensor(symbols.ToArray(), [Digits.Count, longest + 1]).DetachFromDisposeScope();
        counts = torch.tensor(Digits.Select(digits => digits.Length + 1L).ToArray()).DetachFromDisposeScope();
    }

    /// <summary>The standardised features of each string.</summary>
    public SpeechFeatures Features { get; }

    /// <summary>What they were standardised by. They are the training set's to dispose of.</summary>
    public BandStatistics Statistics { get; }

    /// <summary>What is said in each string.</summary>
    public IReadOnlyList<byte[]> Digits { get; }

    /// <summary>Where each digit of each string begins, and where it has ended, in samples.</summary>
    public IReadOnlyList<IReadOnlyList<(int Start, int End)>> Spans { get; }

    /// <summary>How many strings there are.</summary>
    public int Count => Digits.Count;

    /// <summary>What is to be spelt.</summary>
    /// <param name="indices">Which strings, [B] int64.</param>
    /// <returns>The symbols [B, S] int64, as many as the longest string of these has with its end, and how many of them each string has, [B]; the caller's.</returns>
    public (Tensor Symbols, Tensor Counts) Targets(Tensor indices)
    {
        using var scope = torch.NewDisposeScope();
        var count = counts.index_select(0, indices);
        var symbols = targets.index_select(0, indices).narrow(1, 0, count.max().ToInt64());
        return (symbols.MoveToOuterDisposeScope(), count.MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Features.Dispose();
        if (ownStatistics) Statistics.Dispose();
        targets.Dispose();
        counts.Dispose();
    }
}
