namespace AttentionNotebooks;

/// <summary>The sentences that the series measures, each with the comparisons that decide it: declared in one place, with the smallest effect that matters, whatever the rows turn out to be.</summary>
public static class Claims
{
    private const string Soft = "soft", LeftOneOut = "hard, leave-one-out", StraightThrough = "hard, straight-through", Reinforced = "hard, REINFORCE";

    // Two points of accuracy are what a reader of a table would call a difference, five of pointing or of reasons.
    private const double Points = 0.02, Places = 0.05;

    /// <summary>C1 to C15.</summary>
    public static IReadOnlyList<Claim> All { get; } =
    [
        new("C1", "Hard attention selects discrete parts, soft attention weighs all.", "03-distributions"),
        new("C2", "Hard attention is not differentiable; soft attention trains end to end.", "06-the-broken-gradient"),
        new(
            "C3", "REINFORCE has a high variance and trains unstably.", "07-variance-lab",
            new Comparison("digits-estimators", StraightThrough, "hard, no baseline", "accuracy", Points),
            new Comparison("digits-estimators", StraightThrough, Reinforced, "accuracy", Points),
            new Comparison("digits-cluttered", Soft, Reinforced, "accuracy", Points),
            new Comparison("digits-cluttered", Soft, Reinforced, "accuracy", Points) { Spread = true },
            new Comparison("sentiment-reviews", Soft, Reinforced, "accuracy", Points),
            new Comparison("speech-strings", Soft, Reinforced, "digit errors", Points) { LowerIsBetter = true },
            new Comparison("translation-iso", Soft, Reinforced, "exact", Points)),
        new("C4", "Hard attention costs less to compute; soft attention suits real-time use.", "14-performance"),
        new("C5", "Hard attention uses less memory.", "14-performance"),
        new(
            "C6", "Hard attention is more interpretable.", "11-reasons",
            new Comparison("digits-cluttered", LeftOneOut, Soft, "pointing", Places),
            new Comparison("speech-strings", LeftOneOut, Soft, "aligned", Places),
            new Comparison("vqa-sort-of-clevr", LeftOneOut, Soft, "pointing", Places),
            new Comparison("captioning-scenes", "hybrid, annealed", Soft, "pointing", Places),
            new Comparison("sentiment-reviews", LeftOneOut, Soft, "reason precision", Places) { Mode = "MostLikely" },
            new Comparison("sentiment-reviews", StraightThrough, Soft, "reason precision", Places) { Mode = "MostLikely" }),
        new("C7", "Hard attention suppresses noise from irrelevant input.", "12-hybrids"),
        new(
            "C8", "Soft attention reaches a higher accuracy and is more stable.", "04-translation",
            new Comparison("digits-cluttered", Soft, LeftOneOut, "accuracy", Points),
            new Comparison("digits-cluttered", Soft, LeftOneOut, "accuracy", Points) { Spread = true },
            new Comparison("translation-iso", Soft, LeftOneOut, "exact", Points),
            new Comparison("translation-iso", Soft, "hard, variational", "exact", Points),
            new Comparison("speech-strings", Soft, LeftOneOut, "digit errors", Points) { LowerIsBetter = true },
            new Comparison("sentiment-reviews", Soft, LeftOneOut, "accuracy", Points),
            new Comparison("vqa-sort-of-clevr", Soft, LeftOneOut, "relational", Points),
            new Comparison("vqa-sort-of-clevr", Soft, LeftOneOut, "non-relational", Points),
            new Comparison("captioning-scenes", Soft, LeftOneOut, "exact match", Points)),
        new(
            "C9", "Soft attention handles any length without explicit alignment.", "10-speech-and-monotonic-attention",
            new Comparison("speech-strings", Soft, Soft, "digit errors, longer", -Places) { BehindMetric = "digit errors", LowerIsBetter = true },
            new Comparison("translation-iso", Soft, Soft, "exact, new lengths", -Places) { BehindMetric = "exact" },
            new Comparison("speech-strings", Soft, "hard, monotonic", "digit errors, longer", -Points) { LowerIsBetter = true }),
        new("C10", "The focus of hard attention can be suboptimal.", "07-variance-lab"),
        new(
            "C11", "Hard attention suits captioning and localisation; soft attention suits translation, speech and sentiment.", "09-captioning-hard",
            new Comparison("captioning-scenes", "hybrid, annealed", Soft, "exact match", Points),
            new Comparison("digits-cluttered", LeftOneOut, Soft, "pointing", Points),
            new Comparison("translation-iso", Soft, LeftOneOut, "exact", Points),
            new Comparison("translation-iso", Soft, "hard, variational", "exact", Points),
            new Comparison("speech-strings", Soft, "hard, monotonic", "digit errors", Points) { LowerIsBetter = true },
            new Comparison("sentiment-reviews", Soft, LeftOneOut, "accuracy", Points)),
        new(
            "C12", "Hybrids are as right as soft attention and point as well as hard attention.", "12-hybrids",
            new Comparison("digits-cluttered", "hybrid, semi-sampling", Soft, "accuracy", -Points),
            new Comparison("digits-cluttered", "hybrid, semi-sampling", LeftOneOut, "pointing", -Places),
            new Comparison("digits-two-looks", "hybrid, coarse to fine", Soft, "accuracy", -Points),
            new Comparison("digits-two-looks", "hybrid, coarse to fine", Reinforced, "pointing", -Places),
            new Comparison("speech-strings", "hybrid, MoChA", Soft, "digit errors, longer", -Points) { LowerIsBetter = true },
            new Comparison("sentiment-reviews", "hybrid, annealed", Soft, "accuracy", -Points),
            new Comparison("vqa-sort-of-clevr", "hybrid, relations of 24 places", Soft, "relational", -Points),
            new Comparison("vqa-sort-of-clevr", "hybrid, relations of 24 places", LeftOneOut, "pointing", -Places)),
        new("C13", "Dynamic allocation saves compute.", "13-adaptive-attention"),
        new("C14", "Attention that adapts during training is robust and scales.", "13-adaptive-attention"),
        new(
            "C15", "Questions about pictures gain from hard and soft together.", "12-hybrids",
            new Comparison("vqa-sort-of-clevr", "hybrid, relations of 24 places", Soft, "relational", Points),
            new Comparison("vqa-sort-of-clevr", "hybrid, relations of 24 places", LeftOneOut, "relational", Points),
            new Comparison("vqa-sort-of-clevr", "hybrid, relations of 24 places", "relations of all places", "relational", Points),
            new Comparison("vqa-sort-of-clevr", "hybrid, relations of 24 places", Soft, "non-relational", Points),
            new Comparison("vqa-sort-of-clevr", "hybrid, semi-sampling", Soft, "relational", Points)),
    ];

    /// <summary>The claim of a name.</summary>
    /// <param name="id">Its name.</param>
    /// <exception cref="ArgumentException">There is none; the message names those that there are.</exception>
    public static Claim Of(string id) => All.FirstOrDefault(claim => claim.Id == id)
        ?? throw new ArgumentException($"There is no claim “{id}”; there are {string.Join(", ", All.Select(claim => claim.Id))}.", nameof(id));
}
