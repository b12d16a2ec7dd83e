namespace AttentionNotebooks;

/// <summary>The sets of spoken digits: real recordings from files, or our own, synthesised from a seed.</summary>
public static class SpokenDigits
{
    /// <summary>The speakers of the Free Spoken Digit Dataset.</summary>
    public static IReadOnlyList<string> FsddSpeakers { get; } = ["george", "jackson", "lucas", "nicolas", "theo", "yweweler"];

    private const int FirstToTrain = 5;

    /// <summary>
    /// The Free Spoken Digit Dataset, 3,000 recordings of six speakers at 8 kHz, from <c>fsdd/</c> in the data root, split as its authors do:
    /// recordings 0–4 of each speaker and digit to test on, the others to train on. Every speaker is in both, which makes it easy.
    /// </summary>
    /// <param name="root">Where data lie.</param>
    /// <exception cref="DataFileException">A file is missing or damaged.</exception>
    public static SpokenDigitData Fsdd(DataRoot root)
    {
        var all = SpokenDigitFiles.Read(root);
        return new(all.Where(r => r.Number >= FirstToTrain), all.Where(r => r.Number < FirstToTrain), $"{all.Name}, recordings 0–4 of each speaker to test on.");
    }

    /// <summary>The same recordings, with all of one speaker to test on and all others to train on: digits by a voice never heard before.</summary>
    /// <param name="root">Where data lie.</param>
    /// <param name="speaker">Whom to leave out.</param>
    /// <exception cref="DataFileException">A file is missing or damaged.</exception>
    /// <exception cref="ArgumentException">Nobody of that name speaks.</exception>
    public static SpokenDigitData FsddWithout(DataRoot root, string speaker)
    {
        var all = SpokenDigitFiles.Read(root);
        if (!all.Speakers.Contains(speaker, StringComparer.Ordinal))
            throw new ArgumentException($"Nobody called “{speaker}” speaks in {all.Name}; there are {string.Join(", ", all.Speakers)}.", nameof(speaker));

        bool Speaks(Recording recording) => recording.Speaker == speaker;
        return new(all.Where(r => !Speaks(r)), all.Where(Speaks), $"{all.Name}, everything by {speaker} to test on.");
    }

    /// <summary>
    /// Digits synthesised from formants: a voice has a pitch, a length of the vocal tract, a pace and a breath of its own, and no two
    /// recordings of it are the same. Same seed, same samples; a longer set begins with the shorter one. Those to test on are other
    /// recordings by the same voices.
    /// </summary>
    /// <param name="seed">Any number.</param>
    /// <param name="speakers">How many voices.</param>
    /// <param name="trainTakes">How often each voice says each digit, to train on.</param>
    /// <param name="testTakes">How often, to test on.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1 or above 10,000.</exception>
    public static SpokenDigitData Synthesised(long seed, int speakers = 6, int trainTakes = 45, int testTakes = 5) =>
        Synthesised(seed, speakers, trainTakes, testTakes, $"Synthesised digits, made from seed {seed}.");

    /// <summary>The Free Spoken Digit Dataset where it is in the data root, else synthesised digits. Files that are there but damaged are an error.</summary>
    /// <param name="root">Where data lie.</param>
    /// <param name="seed">For synthesis.</param>
    /// <exception cref="DataFileException">A file is damaged.</exception>
    public static SpokenDigitData FsddOrSynthesised(DataRoot root, long seed)
    {
        ArgumentNullException.ThrowIfNull(root);
        return SpokenDigitFiles.AnyIn(root)
            ? Fsdd(root)
            : Synthesised(seed, 6, 45, 5, $"Synthesised digits, made from seed {seed}: the data root has no {SpokenDigitFiles.Name}.");
    }

    private static SpokenDigitData Synthesised(long seed, int speakers, int trainTakes, int testTakes, string why) =>
        new(SynthesisedDigits.Speak(seed, SynthesisedDigits.Train, speakers, trainTakes), SynthesisedDigits.Speak(seed, SynthesisedDigits.Test, speakers, testTakes), why);
}
