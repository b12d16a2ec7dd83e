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
    /// <param name="spelt">The string.</param>
    public void Add(SpeltString spelt)
    {
        ArgumentNullException.ThrowIfNull(spelt);
        distances.Add(spelt.Distance);
        emitted += spelt.Spelt.Count;
        foreach (var (reference, hypothesis) in spelt.Distance.Pairs) aligned += ShareInside(spelt.Row(hypothesis), spelt.Places[reference]);
    }

    // As PointingGame: attention that is the same everywhere scores what chance does, and none scores nothing.
    private static double ShareInside(float[] weights, (int First, int End) place)
    {
        var greatest = weights.Max();
        if (greatest <= 0) return 0;
        var most = Enumerable.Range(0, weights.Length).Where(n => weights[n] == greatest).ToArray();
        return most.Count(n => n >= place.First && n < place.End) / (double)most.Length;
    }
}
