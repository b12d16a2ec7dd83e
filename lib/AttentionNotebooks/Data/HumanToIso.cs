namespace AttentionNotebooks;

/// <summary>
/// Draws dates and numbers, human to ISO: “the 3rd of May, 2011” is 2011-05-03, “three hundred and forty-two” is 342. Dates lie in 1900
/// to 2099, numbers below 10,000. A fixed fifth of all dates and numbers is never trained on; whatever is tested on is from it.
/// </summary>
public static class HumanToIso
{
    private const int Dates = 73_049; // 1900-01-01 to 2099-12-31
    private const int Numbers = 10_000;
    private static readonly DateOnly First = new(1900, 1, 1);

    private enum Part
    {
        Train = 1,
        Test = 2,
        NewFormats = 3,
        NewLengths = 4,
    }

    /// <summary>Draws all four sets. Same seed, same text, on every platform; a longer set begins with the shorter one.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="trainCount">How many to train on.</param>
    /// <param name="testCount">How many in each of the three other sets.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static IsoData Draw(long seed, int trainCount = 20_000, int testCount = 1_000)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trainCount);
        ArgumentOutOfRangeException.ThrowIfNegative(testCount);
        return new(Set(Part.Train, trainCount), Set(Part.Test, testCount), Set(Part.NewFormats, testCount), Set(Part.NewLengths, testCount), $"Dates and numbers, made from seed {seed}.");

        SentencePairs Set(Part part, int count) => new(
            "dates and numbers", "human", "ISO",
            [.. Enumerable.Range(0, count).Select(i => DrawOne(part, new((ulong)seed, (ulong)part, (ulong)i)))],
            $"drawn by this library from seed {seed}");
    }

    /// <summary>Is this date, a number of days, or this number left out of training? It does not depend on the seed.</summary>
    internal static bool IsHeldOut(bool date, int value) => new SplitMix64(0x150, date ? 1UL : 2UL, (ulong)value).Below(5) == 0;

    private static SentencePair DrawOne(Part part, SplitMix64 random)
    {
        // Two of three are dates.
        var date = random.Below(3) > 0;
        return (part, date) switch
        {
            (Part.NewLengths, true) => Period(ref random),
            (Part.NewLengths, false) => Number(Numbers + random.Below(1_000_000_000 - Numbers), NumberWriting.Known, ref random),
            (_, true) => Date(Value(Dates, date, part, ref random), part == Part.NewFormats ? DateWriting.New : DateWriting.Known, ref random),
            _ => Number(Value(Numbers, date, part, ref random), part == Part.NewFormats ? NumberWriting.New : NumberWriting.Known, ref random),
        };
    }

    private static int Value(int bound, bool date, Part part, ref SplitMix64 random)
    {
        var heldOut = part != Part.Train;
        int value;
        do value = random.Below(bound);
        while (IsHeldOut(date, value) != heldOut);
        return value;
    }

    private static SentencePair Date(int days, IReadOnlyList<Func<DateOnly, string>> ways, ref SplitMix64 random)
    {
        var date = First.AddDays(days);
        return new(ways[random.Below(ways.Count)](date), DateWriting.Iso(date));
    }

    private static SentencePair Period(ref SplitMix64 random)
    {
        var (a, b) = (Value(Dates, date: true, Part.NewLengths, ref random), Value(Dates, date: true, Part.NewLengths, ref random));
        var write = DateWriting.Known[random.Below(DateWriting.Known.Count)];
        var (from, to) = (First.AddDays(Math.Min(a, b)), First.AddDays(Math.Max(a, b)));
        return new($"{write(from)} to {write(to)}", $"{DateWriting.Iso(from)}/{DateWriting.Iso(to)}");
    }

    private static SentencePair Number(int value, IReadOnlyList<Func<int, string>> ways, ref SplitMix64 random) =>
        new(ways[random.Below(ways.Count)](value), value.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
