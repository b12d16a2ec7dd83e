namespace AttentionNotebooks;

/// <summary>
/// Draws Sort-of-CLEVR (Santoro et al. 2017, §3.2 and supplement): six objects of six colours, each a square or a circle, on 75×75 pixels,
/// with ten questions about one object and ten about its relation to the others.
/// </summary>
/// <remarks>
/// Colours, sizes, places and counts are those of the generator that most reports use (kimhc6028/relational-networks). Two of its slips are not repeated:
/// corners of squares may overlap in it, boxes never do here; and where every other object is more than 31 pixels away, it takes the object itself for the closest.
/// </remarks>
public static class SortOfClevr
{
    /// <summary>Questions of each type that are asked about a scene.</summary>
    public const int QuestionsOfType = 10;

    /// <summary>The colours, in the order of codes and objects.</summary>
    public static IReadOnlyList<string> Colours { get; } = ["red", "green", "blue", "orange", "grey", "yellow"];

    /// <summary>The answers, in the order of a model's classes.</summary>
    public static IReadOnlyList<string> Answers { get; } = ["yes", "no", "rectangle", "circle", "1", "2", "3", "4", "5", "6"];

    /// <summary>The colours as red, green and blue.</summary>
    internal static IReadOnlyList<(byte Red, byte Green, byte Blue)> Paints { get; } =
        [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 156, 0), (128, 128, 128), (255, 255, 0)];

    private enum Part
    {
        Train = 1,
        Test = 2,
    }

    /// <summary>Draws scenes. Same seed, same scenes, on every platform; a longer set begins with the shorter one.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="trainCount">How many to train on; as published, 9,800 with 98,000 questions of each type.</param>
    /// <param name="testCount">How many to test on; as published, 200.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static SortOfClevrData Draw(long seed, int trainCount = 9_800, int testCount = 200)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trainCount);
        ArgumentOutOfRangeException.ThrowIfNegative(testCount);
        return new(Set(Part.Train, trainCount), Set(Part.Test, testCount), $"Sort-of-CLEVR, made from seed {seed}.");

        ClevrScene[] Set(Part part, int count) => [.. Enumerable.Range(0, count).Select(i => DrawOne(new((ulong)seed, (ulong)part, (ulong)i)))];
    }

    private static ClevrScene DrawOne(SplitMix64 random)
    {
        var objects = new ClevrObject[Colours.Count];
        for (var i = 0; i < objects.Length; i++) objects[i] = Place(objects.AsSpan(0, i), ref random);
        var questions = new ClevrQuestion[2 * QuestionsOfType];
        for (var i = 0; i < questions.Length; i++)
        {
            var first = i < QuestionsOfType ? ClevrQuestionKind.Shape : ClevrQuestionKind.Closest;
            questions[i] = new(random.Below(Colours.Count), first + random.Below(ClevrQuestion.KindsOfType));
        }

        return new(objects, questions);
    }

    // Each of at most five others takes 21×21 of the 65×65 places: half are always free.
    private static ClevrObject Place(ReadOnlySpan<ClevrObject> placed, ref SplitMix64 random)
    {
        const int radius = ClevrObject.Radius;
        const int places = ClevrScene.Side - 2 * radius;
        while (true)
        {
            var one = new ClevrObject(radius + random.Below(places), radius + random.Below(places), random.Below(2) == 0);
            if (!OverlapsAny(one, placed)) return one;
        }
    }

    private static bool OverlapsAny(ClevrObject one, ReadOnlySpan<ClevrObject> placed)
    {
        foreach (var other in placed)
        {
            if (one.Overlaps(other)) return true;
        }

        return false;
    }
}
