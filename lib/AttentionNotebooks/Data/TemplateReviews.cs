namespace AttentionNotebooks;

/// <summary>
/// Reviews of films made from templates, with planted reasons. One clause judges the film and gives the class; its word of judgement, and
/// “not” before it, are the true reasons. In three of four reviews another clause judges something else, always the other way round and
/// with the same words, so that a bag of words cannot tell them apart: which word belongs to the film must be read. The others have neutral
/// clauses alone.
/// </summary>
public static class TemplateReviews
{
    private static readonly string[] Films = ["the film", "the movie", "the plot", "the story", "the acting", "the ending"];
    private static readonly string[] Others = ["the popcorn", "my seat", "the weather", "the bus ride", "the trailer before it", "the cinema", "the dinner after it"];
    private static readonly string[] Good = ["good", "great", "lovely", "brilliant", "wonderful", "charming", "superb", "delightful"];
    private static readonly string[] Bad = ["bad", "awful", "dull", "terrible", "boring", "dreadful", "poor", "horrible"];
    private static readonly string[] Verbs = ["was", "seemed", "turned out"];
    private static readonly string[] Degrees = ["", "", "really", "rather", "quite"];
    private static readonly string[] Neutral =
    [
        "we saw it on a tuesday", "it runs for two hours", "i went with my sister", "it was shown in the large hall", "we sat in the third row",
        "it is based on a book", "there were twenty people in the room",
    ];

    private static readonly string[] Joints = [",", ", and", ", but", ";", "."];

    private enum Part
    {
        Train = 1,
        Validation = 2,
        Test = 3,
    }

    /// <summary>Draws reviews. Same seed, same reviews, on every platform; a longer set begins with the shorter one.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="trainCount">How many to train on.</param>
    /// <param name="testCount">How many to choose by, and how many to test on.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static SentimentData Draw(long seed, int trainCount = 8_000, int testCount = 1_000)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trainCount);
        ArgumentOutOfRangeException.ThrowIfNegative(testCount);
        return new(Set(Part.Train, trainCount), Set(Part.Validation, testCount), Set(Part.Test, testCount), $"Template reviews, made from seed {seed}.");

        SentimentSet Set(Part part, int count) => new(
            "template reviews", ["negative", "positive"],
            [.. Enumerable.Range(0, count).Select(i => DrawOne(i % 2, new((ulong)seed, (ulong)part, (ulong)i)))],
            $"drawn by this library from seed {seed}");
    }

    private static LabelledSentence DrawOne(int label, SplitMix64 random)
    {
        var clauses = new List<Clause> { Judge(Films, label == 1, ref random) with { Decides = true } };
        // The other clause has the same distribution but for its subject and its opposite verdict.
        if (random.Below(4) > 0) clauses.Add(Judge(Others, label != 1, ref random));
        for (var neutral = random.Below(3) + (clauses.Count == 1 ? 1 : 0); neutral > 0; neutral--) clauses.Add(new(Pick(Neutral, ref random).Split(' '), []));
        for (var i = clauses.Count - 1; i > 0; i--)
        {
            var j = random.Below(i + 1);
            (clauses[i], clauses[j]) = (clauses[j], clauses[i]);
        }

        return Join(clauses, label, ref random);
    }

    private static Clause Judge(string[] subjects, bool good, ref SplitMix64 random)
    {
        var negated = random.Below(3) == 0;
        var words = new List<string>();
        words.AddRange(Pick(subjects, ref random).Split(' '));
        words.AddRange(Pick(Verbs, ref random).Split(' '));
        var reasons = new List<int>();
        if (negated) AddReason("not");
        if (Pick(Degrees, ref random) is { Length: > 0 } degree) words.Add(degree);
        AddReason(Pick(good == negated ? Bad : Good, ref random));
        return new(words, reasons);

        void AddReason(string word)
        {
            reasons.Add(words.Count);
            words.Add(word);
        }
    }

    private static LabelledSentence Join(List<Clause> clauses, int label, ref SplitMix64 random)
    {
        var (words, reasons) = (new List<string>(), new List<bool>());
        for (var i = 0; i < clauses.Count; i++)
        {
            var first = words.Count;
            words.AddRange(clauses[i].Words);
            words.AddRange(i + 1 < clauses.Count ? Pick(Joints, ref random).Split(' ') : ["."]);
            reasons.AddRange(Enumerable.Range(0, words.Count - first).Select(w => clauses[i].Decides && clauses[i].Judgement.Contains(w)));
        }

        return new(words, label, reasons, []);
    }

    private static string Pick(string[] from, ref SplitMix64 random) => from[random.Below(from.Length)];

    private sealed record Clause(IReadOnlyList<string> Words, IReadOnlyList<int> Judgement, bool Decides = false);
}
