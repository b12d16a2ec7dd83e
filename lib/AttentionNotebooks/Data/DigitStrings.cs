namespace AttentionNotebooks;

/// <summary>Joins spoken digits into strings, with gaps of random length between them and noise over everything; with pieces of other digits strewn in, where that is asked for.</summary>
/// <remarks>A string is spoken by one speaker. String i depends on the set, the seed and i alone.</remarks>
/// <param name="Fewest">The fewest digits in a string, at least 1.</param>
/// <param name="Most">The most.</param>
/// <param name="ShortestGap">The shortest gap, in seconds; there is one before, between and after the digits.</param>
/// <param name="LongestGap">The longest.</param>
/// <param name="Noise">The standard deviation of the noise, where the loudest sample possible is 1.</param>
/// <param name="Pieces">How many pieces, each cut anywhere out of a recording of the speaker's and laid anywhere in the string: clutter to the ear.</param>
/// <param name="PieceLength">How long a piece is, in seconds, or as long as the recording where that is shorter.</param>
public sealed record DigitStrings(int Fewest = 2, int Most = 5, double ShortestGap = 0.05, double LongestGap = 0.25, double Noise = 0.002, int Pieces = 0, double PieceLength = 0.15)
{
    /// <summary>A digit anywhere in about two seconds, among pieces of others: what the cluttered canvas is to the eye.</summary>
    public static DigitStrings OneAmongPieces { get; } = new(1, 1, 0.05, 1.2, 0.005, Pieces: 5);

    private const ulong Stream = 3;

    /// <summary>Makes strings.</summary>
    /// <param name="set">The digits to take.</param>
    /// <param name="count">How many strings.</param>
    /// <param name="seed">Any number.</param>
    /// <exception cref="ArgumentException">The set is empty, or the limits are out of order.</exception>
    public IReadOnlyList<DigitString> Join(SpokenDigitSet set, int count, long seed)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (set.Count == 0) throw new ArgumentException($"{set.Name} holds no recording.", nameof(set));
        if (Fewest < 1 || Most < Fewest) throw new ArgumentException($"A string of {Fewest} to {Most} digits cannot be.", nameof(set));
        if (!(ShortestGap >= 0 && LongestGap >= ShortestGap && LongestGap <= 60 && Noise >= 0)) throw new ArgumentException("Gaps run from the shortest, at least 0, to the longest, at most 60 seconds; noise is at least 0.", nameof(set));
        if (Pieces < 0 || !(PieceLength > 0 && PieceLength <= 60)) throw new ArgumentException($"{Pieces} pieces of {PieceLength} seconds cannot be.", nameof(set));

        var bySpeaker = set.Speakers.Select(speaker => set.Recordings.Where(r => r.Speaker == speaker).ToArray()).ToArray();
        return [.. Enumerable.Range(0, count).Select(i => JoinOne(bySpeaker, set.SampleRate, new((ulong)seed, Stream, (ulong)i)))];
    }

    /// <summary>The samples of strings as a float32 tensor [B, S], zero after the end of each. The caller owns it.</summary>
    /// <param name="strings">The strings.</param>
    public static Tensor ToSamples(IReadOnlyList<DigitString> strings)
    {
        ArgumentNullException.ThrowIfNull(strings);
        return SpokenDigitSet.Padded([.. strings.Select(s => s.Samples)]);
    }

    private DigitString JoinOne(Recording[][] bySpeaker, int sampleRate, SplitMix64 random)
    {
        var speaker = bySpeaker[random.Below(bySpeaker.Length)];
        var said = new Recording[Fewest + random.Below(Most - Fewest + 1)];
        var spans = new (int Start, int End)[said.Length];
        var length = Gap(ref random, sampleRate);
        for (var i = 0; i < said.Length; i++)
        {
            said[i] = speaker[random.Below(speaker.Length)];
            spans[i] = (length, length + said[i].Samples.Length);
            length = spans[i].End + Gap(ref random, sampleRate);
        }

        var samples = new float[length];
        for (var i = 0; i < said.Length; i++) said[i].Samples.CopyTo(samples, spans[i].Start);
        for (var piece = 0; piece < Pieces; piece++) Strew(samples, speaker[random.Below(speaker.Length)].Samples, (int)(PieceLength * sampleRate), ref random);
        for (var i = 0; i < length; i++) samples[i] += (float)Noise * random.Normal();
        return new(samples, Array.ConvertAll(said, recording => (byte)recording.Digit), spans);
    }

    private static void Strew(float[] samples, float[] recording, int length, ref SplitMix64 random)
    {
        length = Math.Min(length, Math.Min(recording.Length, samples.Length));
        var (from, to) = (random.Below(recording.Length - length + 1), random.Below(samples.Length - length + 1));
        for (var i = 0; i < length; i++) samples[to + i] += recording[from + i];
    }

    private int Gap(ref SplitMix64 random, int sampleRate) => (int)(sampleRate * random.Uniform((float)ShortestGap, (float)LongestGap));
}
