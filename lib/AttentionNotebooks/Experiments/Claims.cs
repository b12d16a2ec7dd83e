namespace AttentionNotebooks;

/// <summary>The sentences that the series measures, each with the comparisons that decide it: declared in one place, with the smallest effect that matters, whatever the rows turn out to be.</summary>
public static class Claims
{
    private const string Soft = "soft", LeftOneOut = "hard, leave-one-out", StraightThrough = "hard, straight-through", Reinforced = "hard, REINFORCE";

    // Two points of accuracy are what a reader of a table would call a difference, five of pointing or of reasons.
    private const double Points = 0.02, Places = 0.05;

    // A tenth of what soft attention costs; a quarter of all windows, and a tenth of them where they are weighed.
    private const double Cost = 0.1, Quarter = 0.25, Tenth = 0.1;

    private const string SoftWindows = "softmax, additive score", NoEstimator = "control, no estimator";

    /// <summary>C1 to C15.</summary>
    public static IReadOnlyList<Claim> All { get; } =
    [
        new(
            "C1", "Hard attention selects discrete parts, soft attention weighs all.", "03-distributions",
            new Comparison("digits-windows", SoftWindows, LeftOneOut, "windows read, share", Quarter),
            new Comparison("digits-windows", SoftWindows, "1.5-entmax", "windows read, share", Quarter),
            new Comparison("digits-windows", SoftWindows, LeftOneOut, "effective windows, share", Tenth)),
        new(
            "C2", "Hard attention is not differentiable; soft attention trains end to end.", "06-the-broken-gradient",
            new Comparison("digits-windows", SoftWindows, NoEstimator, "gradient behind the scores", Tenth),
            new Comparison("digits-windows", SoftWindows, NoEstimator, "pointing", Places),
            new Comparison("digits-windows", SoftWindows, "control, plain average", "accuracy", Points)),
        new(
            "C3", "REINFORCE has a high variance and trains unstably.", "07-variance-lab",
            new Comparison("digits-estimators", StraightThrough, "hard, no baseline", "accuracy", Points),
            new Comparison("digits-estimators", StraightThrough, Reinforced, "accuracy", Points),
            new Comparison("digits-cluttered", Soft, Reinforced, "accuracy", Points),
            new Comparison("digits-cluttered", Soft, Reinforced, "accuracy", Points) { Spread = true },
            new Comparison("sentiment-reviews", Soft, Reinforced, "accuracy", Points),
            new Comparison("speech-strings", Soft, Reinforced, "digit errors", Points) { LowerIsBetter = true },
            new Comparison("translation-iso", Soft, Reinforced, "exact", Points)),
        new(
            "C4", "Hard attention costs less to compute; soft attention suits real-time use.", "14-performance",
            Cheaper(Reinforced, 9, "operations"),
            Cheaper(Reinforced, 100, "operations"),
            Cheaper(Reinforced, 25, "time alone"),
            Cheaper(Reinforced, 100, "time alone"),
            Cheaper(Reinforced, 25, "time among 100"),
            Cheaper(Reinforced, 100, "time among 100"),
            Cheaper(Reinforced, 25, "time, step"),
            Cheaper(LeftOneOut, 25, "time, step"),
            Cheaper(LeftOneOut, 100, "time, step"),
            new Comparison("digits-cost", "soft, N = 25", $"{Reinforced}, N = 25", "time alone, 99 of 100", -Cost) { LowerIsBetter = true },
            new Comparison("digits-cost", "soft, N = 100", $"{Reinforced}, N = 100", "time alone, 99 of 100", -Cost) { LowerIsBetter = true }),
        new(
            "C5", "Hard attention uses less memory.", "14-performance",
            Cheaper(Reinforced, 25, "memory"),
            Cheaper(Reinforced, 100, "memory"),
            Cheaper(Reinforced, 25, "memory, step"),
            Cheaper(LeftOneOut, 25, "memory, step"),
            Cheaper(LeftOneOut, 100, "memory, step")),
        new(
            "C6", "Hard attention is more interpretable.", "11-reasons",
            new Comparison("digits-cluttered", LeftOneOut, Soft, "pointing", Places),
            new Comparison("speech-strings", LeftOneOut, Soft, "aligned", Places),
            new Comparison("vqa-sort-of-clevr", LeftOneOut, Soft, "pointing", Places),
            new Comparison("captioning-scenes", "hybrid, annealed", Soft, "pointing", Places),
            new Comparison("sentiment-reviews", LeftOneOut, Soft, "reason precision", Places) { Mode = "MostLikely" },
            new Comparison("sentiment-reviews", StraightThrough, Soft, "reason precision", Places) { Mode = "MostLikely" }),
        new(
            "C7", "Hard attention suppresses noise from irrelevant input.", "01-hard-and-soft-in-five-minutes",
            new Comparison("digits-cluttered", LeftOneOut, Soft, "accuracy", Points),
            new Comparison("digits-cluttered", Reinforced, Soft, "accuracy", Points),
            new Comparison("digits-cluttered-100", Reinforced, Soft, "accuracy", Points)),
        new(
            "C8", "Soft attention converges faster, reaches a higher accuracy and is more stable.", "04-translation",
            new Comparison("digits-windows", SoftWindows, LeftOneOut, "accuracy", Points) { Per = Pace.Step },
            new Comparison("digits-windows", SoftWindows, LeftOneOut, "accuracy", Points) { Per = Pace.Second },
            new Comparison("digits-windows-200", SoftWindows, LeftOneOut, "accuracy", Points),
            new Comparison("digits-windows-2000", SoftWindows, LeftOneOut, "accuracy", Points),
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
        new(
            "C10", "The focus of hard attention can be suboptimal.", "07-variance-lab",
            Better(Reinforced),
            Better(LeftOneOut),
            Better(StraightThrough),
            new Comparison("boxes", "exact", "hard, no baseline", "on the best place", Places),
            new Comparison("boxes", "exact", "hard, moving average", "on the best place", Places),
            new Comparison("boxes", "exact", LeftOneOut, "on the best place", Places),
            new Comparison("boxes", "exact", StraightThrough, "on the best place", Places)),
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
        new(
            "C13", "Dynamic allocation saves compute.", "13-adaptive-attention",
            Uneven("PonderNet, patient"),
            Uneven("PonderNet, brisk"),
            Uneven("PonderNet, strict"),
            new Comparison("follow-cards", "PonderNet, strict", "fixed, 3", "accuracy", Places),
            new Comparison("follow-cards", "PonderNet, brisk", "fixed, 4", "accuracy", -Points),
            new Comparison("follow-cards", "PonderNet, patient", "fixed, 5", "accuracy", -Points)),
        new(
            "C14", "Attention that adapts during training is robust and scales.", "13-adaptive-attention",
            new Comparison("spans", "learned span", "best fixed span", "accuracy", -Points),
            new Comparison("spans", "learned span", "best fixed span", "places", Places) { LowerIsBetter = true },
            new Comparison("spans", "learned span, dear", "best fixed span", "accuracy", -Points),
            new Comparison("spans", "learned span, short at first", "best fixed span", "accuracy", -Points),
            new Comparison("cards-clear", "learned α", "sparsemax", "squared error", -Points) { LowerIsBetter = true },
            new Comparison("cards-noisy", "learned α", "dot", "squared error", -Points) { LowerIsBetter = true },
            new Comparison("digits-two-looks", "hybrid, annealed", "hybrid, semi-sampling", "accuracy", Points),
            new Comparison("captioning-scenes", "hybrid, annealed", "hybrid, semi-sampling", "exact match", Points)),
        new(
            "C15", "Questions about pictures gain from hard and soft together.", "12-hybrids",
            new Comparison("vqa-sort-of-clevr", "hybrid, relations of 24 places", Soft, "relational", Points),
            new Comparison("vqa-sort-of-clevr", "hybrid, relations of 24 places", LeftOneOut, "relational", Points),
            new Comparison("vqa-sort-of-clevr", "hybrid, relations of 24 places", "relations of all places", "relational", Points),
            new Comparison("vqa-sort-of-clevr", "hybrid, relations of 24 places", Soft, "non-relational", Points),
            new Comparison("vqa-sort-of-clevr", "hybrid, semi-sampling", Soft, "relational", Points)),
    ];

    private static Comparison Cheaper(string mechanism, int windows, string metric) =>
        new("digits-cost", $"{mechanism}, N = {windows}", $"soft, N = {windows}", metric, Cost) { LowerIsBetter = true };

    private static Comparison Better(string mechanism) =>
        new("digits-windows", mechanism, mechanism, "accuracy at the true place", Points) { BehindMetric = "accuracy" };

    private static Comparison Uneven(string reader) =>
        new("follow-cards", reader, reader, "accuracy", Places) { BehindMetric = "accuracy, looks spread evenly" };

    /// <summary>The claim of a name.</summary>
    /// <param name="id">Its name.</param>
    /// <exception cref="ArgumentException">There is none; the message names those that there are.</exception>
    public static Claim Of(string id) => All.FirstOrDefault(claim => claim.Id == id)
        ?? throw new ArgumentException($"There is no claim “{id}”; there are {string.Join(", ", All.Select(claim => claim.Id))}.", nameof(id));
}
