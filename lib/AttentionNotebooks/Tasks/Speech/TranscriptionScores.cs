namespace AttentionNotebooks;

/// <summary>What transcripts of a set are worth: error rates per digit and per string, and whether each digit was read where it is said.</summary>
public sealed class TranscriptionScores
{
    private readonly List<EditDistance> distances = [];
    private double aligned;
    private long emitted;

    /// <summary>Edits over all digits said: what is called the digit, character or word error rate. It exceeds 1 where much is invented.</summary>
    public double DigitErrors => EditDistance.Rate(distances);

    /// <summary>The share of strings with any error.</summary>
    public double StringErrors => distances.Average(distance => distance.Edits > 0 ? 1.0 : 0.0);

    /// <summary>
    /// The share of the digits spelt whose most attended location lies where the digit is said that it stands for, by the edit distance; one invented lies nowhere.
    /// Where several locations share the greatest weight each counts for its part. Not a number where nothing was spelt.
    /// </summary>
    public double Aligned => aligned / emitted;

    /// <summary>Adds a string.</summary>
    /// <param name="said">The digits said.</param>
    /// <param name="spelt">The digits spelt, without the end.</param>
    /// <param name="attended">What was attended to for each, a row of N for each digit spelt.</param>
    /// <param name="inside">Whether the middle of location n lies within digit i as it was said.</param>
    public void Add(ReadOnlySpan<byte> said, ReadOnlySpan<byte> spelt, IReadOnlyList<float[]> attended, Func<int, int, bool> inside)
    {
        ArgumentNullException.ThrowIfNull(attended);
        ArgumentNullException.ThrowIfNull(inside);
        var distance = EditDistance.Between(said, spelt);
        distances.Add(distance);
        emitted += spelt.Length;
        foreach (var (reference, hypothesis) in distance.Pairs) aligned += ShareInside(attended[hypothesis], n => inside(reference, n));
    }

    // As PointingGame: attention that is the same everywhere scores what chance does, and none scores nothing.
    private static double ShareInside(float[] weights, Func<int, bool> inside)
    {
        var greatest = weights.Max();
        if (greatest <= 0) return 0;
        var most = Enumerable.Range(0, weights.Length).Where(n => weights[n] == greatest).ToArray();
        return most.Count(inside) / (double)most.Length;
    }
}
