namespace AttentionNotebooks;

/// <summary>A string of digits as a transcriber spelt it, and where it listened for each symbol.</summary>
/// <param name="Said">The digits that are said.</param>
/// <param name="Spelt">The digits that were spelt, without the end.</param>
/// <param name="Weights">α [S, N], in 0..1: a row for each digit spelt, and one for the end where that was spelt; a column for each location of this string.</param>
/// <param name="Places">For each digit said, the first location whose middle lies in it, and the one after the last.</param>
/// <param name="Reduction">How many frames a location stands for.</param>
public sealed record SpeltString(IReadOnlyList<byte> Said, IReadOnlyList<byte> Spelt, float[,] Weights, IReadOnlyList<(int First, int End)> Places, int Reduction)
{
    /// <summary>How far what was spelt is from what is said.</summary>
    public EditDistance Distance => EditDistance.Between<byte>([.. Said], [.. Spelt]);

    /// <summary>N, how many locations there are.</summary>
    public int Locations => Weights.GetLength(1);

    /// <summary>S, how many symbols were spelt, the end included.</summary>
    public int Steps => Weights.GetLength(0);

    /// <summary>Whether a digit is said twice in a row.</summary>
    public bool Repeats => Said.Zip(Said.Skip(1)).Any(pair => pair.First == pair.Second);

    /// <summary>
    /// How many locations a reader inspects that goes on from where it stopped, and inspects one after the other until it stops (Raffel et al. 2017, §2.3):
    /// at each step from the stop before to its own, both counted; to the last where it does not stop, and none after that.
    /// </summary>
    /// <returns>S + the last stop at most: linear in the length of the sound, where a soft reader inspects S · N.</returns>
    public int Inspected()
    {
        var (inspected, at) = (0, 0);
        for (var step = 0; step < Steps && at < Locations; step++)
        {
            var stop = Stop(step) is var found && found < 0 ? Locations - 1 : found;
            inspected += stop - at + 1;
            at = found < 0 ? Locations : stop;
        }

        return inspected;
    }

    /// <summary>What was attended to for a symbol, [N].</summary>
    /// <param name="step">Which symbol, from 0.</param>
    internal float[] Row(int step) => [.. Enumerable.Range(0, Locations).Select(location => Weights[step, location])];

    // The most attended location; −1 where nothing was attended to.
    private int Stop(int step)
    {
        var most = Enumerable.Range(0, Locations).MaxBy(location => Weights[step, location]);
        return Weights[step, most] > 0 ? most : -1;
    }
}
