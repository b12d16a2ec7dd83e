namespace AttentionNotebooks;

/// <summary>Strings to train on, others of the same lengths to test on, and longer ones than any trained on. What is tested on is joined from other recordings.</summary>
public sealed class DigitStringData : IDisposable
{
    /// <summary>Joins digits.</summary>
    /// <param name="digits">Recordings of single digits.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="train">How many strings to train on.</param>
    /// <param name="test">How many strings to test on.</param>
    /// <param name="longer">How many longer ones.</param>
    /// <param name="lengths">How strings to train and test on are joined; null for 2 to 5 digits.</param>
    public DigitStringData(SpokenDigitData digits, long seed, int train = 3000, int test = 400, int longer = 200, DigitStrings? lengths = null)
    {
        ArgumentNullException.ThrowIfNull(digits);
        var same = lengths ?? new DigitStrings();
        // From one digit more than was ever trained on to three more.
        var more = same with { Fewest = same.Most + 1, Most = same.Most + 3 };
        Name = digits.Name;
        Frames = new LogMel(digits.Train.SampleRate);
        Train = new(same.Join(digits.Train, train, seed), Frames);
        Test = new(same.Join(digits.Test, test, seed + 1), Frames, Train.Statistics);
        TestLonger = new(more.Join(digits.Test, longer, seed + 2), Frames, Train.Statistics);
    }

    /// <summary>What the recordings are called.</summary>
    public string Name { get; }

    /// <summary>How features are computed.</summary>
    public LogMel Frames { get; }

    /// <summary>To train on.</summary>
    public DigitStringSet Train { get; }

    /// <summary>To test on, as long as those trained on.</summary>
    public DigitStringSet Test { get; }

    /// <summary>To test on, longer than any trained on.</summary>
    public DigitStringSet TestLonger { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Frames.Dispose();
        Train.Dispose();
        Test.Dispose();
        TestLonger.Dispose();
    }
}
