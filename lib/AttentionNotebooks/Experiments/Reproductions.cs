using System.Globalization;

namespace AttentionNotebooks;

/// <summary>The classic results that are reproduced, with the numbers that their authors and others gave.</summary>
public static class Reproductions
{
    private static readonly string[] Learned = ["mean", "sampled", "MC-10"];
    private static readonly string[] Usual = [""];

    private static readonly Metric Exact = new("exact");
    private static readonly Metric Error = new("error", Higher: false);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Reproduction> All { get; } =
    [
        new(
            "ram-mnist", ["Mnih 2014", "earlier set", "kevinzakka"], Learned,
            [
                Glimpses(2, 3.79, 6.27, null), Glimpses(3, 1.51, null, null), Glimpses(4, 1.54, 1.73, null), Glimpses(5, 1.34, null, null), Glimpses(6, 1.12, 1.29, 1.21), Glimpses(7, 1.07, null, null),
                Whole("fully connected, 256", 1.69, null, null), Whole("convolutional", 1.21, null, null),
                Random(7, null, null, null),
            ]),
        new(
            "ram-translated", ["Mnih 2014", "earlier set", "slundqui"], Learned,
            [
                Glimpses(4, 1.54, 2.29, 1.54), Glimpses(6, 1.22, 1.86, 1.08), Glimpses(8, 1.20, null, 0.94),
                Whole("fully connected, 64", 6.42, null, null), Whole("fully connected, 256", 2.63, null, null), Whole("convolutional", 1.62, null, null),
                Random(8, null, null, null),
            ]),
        new(
            "ram-cluttered", ["Mnih 2014", "slundqui"], Learned,
            [
                Glimpses(4, 4.96, 5.15), Glimpses(6, 4.08, 3.33), Glimpses(8, 4.04, 2.63),
                Whole("fully connected, 64", 28.58, null), Whole("fully connected, 256", 11.96, null), Whole("convolutional", 8.09, null),
                Random(8, 14.4, null),
            ]),
        new(
            "vqa-sort-of-clevr", ["kimhc6028", "Santoro 2017, recalled"], Usual,
            [
                new("relations of all places: relational", "relations of all places", new Metric(ClevrScores.Relational), 89, 94),
                new("relations of all places: non-relational", "relations of all places", new Metric(ClevrScores.NonRelational), 99, 94),
                new("CNN+MLP: relational", "CNN+MLP", new Metric(ClevrScores.Relational), 66, 63),
                new("CNN+MLP: non-relational", "CNN+MLP", new Metric(ClevrScores.NonRelational), 66, null),
            ]),
        new(
            "translation-multi30k-published", ["bentrevett"], Usual,
            [
                new("free-running perplexity, no attention (tutorial 2)", "no attention, own words", Multi30kTask.FreePerplexity, 34.66),
                new("free-running perplexity, soft attention (tutorial 4)", "soft, own words", Multi30kTask.FreePerplexity, 23.18),
                Greedy("soft attention (tutorial 4)", "soft, own words", 28.11),
                new("teacher-forced perplexity, convolutions (tutorial 5)", "soft, true words", Multi30kTask.ForcedPerplexity, 6.26),
                new("teacher-forced perplexity, Transformer (tutorial 6)", "soft, true words", Multi30kTask.ForcedPerplexity, 5.32),
                Greedy("convolutions (tutorial 5)", "soft, true words", 34.14),
                Greedy("Transformer (tutorial 6)", "soft, true words", 36.52),
            ]),
        new(
            "sentiment-sst2-phrases", ["published, recalled"], Usual,
            [
                Judged("plain average of words (VecAvg of Socher 2013)", "control, plain average", 80.1),
                Judged("soft attention to three words in a row (CNN-rand of Kim 2014)", "soft, windows of 3", 82.7),
                Judged("soft attention to words", "soft", null),
                Judged("hard, straight-through", "hard, straight-through", null),
                Judged("hard, leave-one-out", "hard, leave-one-out", null),
                .. Explained(Rationales.Bernoulli), .. Explained(Rationales.HardKuma), .. Explained(Rationales.Random),
            ]),
        new(
            "translation-iso", ["Deng 2018, BLEU on IWSLT14"], Usual,
            [
                new("variational, all locations summed", "hard, variational", Exact, 33.69),
                new("exact marginal", "hard, exact marginal", Exact, 33.29),
                new("soft", "soft", Exact, 32.77),
                new("hard, sampled (recalled)", "hard, leave-one-out", Exact, 31.00),
            ])
        {
            Profile = RunProfile.Quick,
            OrderAlone = true,
        },
        new(
            "speech-digits-fsdd", ["common, at most"], Usual,
            [
                Spoken("official split, soft", "soft", null, 99),
                Spoken("official split, hard, leave-one-out", "hard, leave-one-out", null, 99),
                Spoken("official split, plain average", "control, plain average", null, 99),
                .. SpokenDigits.FsddSpeakers.SelectMany(speaker => (PublishedRow[])
                [
                    Spoken($"without {speaker}, soft", "soft", speaker, null),
                    Spoken($"without {speaker}, hard, leave-one-out", "hard, leave-one-out", speaker, null),
                    Spoken($"without {speaker}, plain average", "control, plain average", speaker, null),
                ]),
            ])
        {
            Profile = RunProfile.Quick,
        },
    ];

    private static PublishedRow Greedy(string name, string condition, double published) => new($"BLEU-4 of greedy translations, {name}", condition, Multi30kTask.GreedyBleu, published) { Counts = false };

    private static PublishedRow Judged(string name, string condition, double? published) => new(name, condition, SentimentScores.Accuracy, published);

    private static PublishedRow[] Explained(Mechanism mechanism) =>
    [
        new($"{mechanism}, right", mechanism.Name, SentimentScores.Accuracy, (double?)null),
        new($"{mechanism}, words read", mechanism.Name, SentimentScores.WordsRead, (double?)null),
        new($"{mechanism}, of these reasons", mechanism.Name, SentimentScores.Precision, (double?)null),
    ];

    private static PublishedRow Spoken(string name, string condition, string? without, double? published) =>
        new(name, condition, SpeechDigitsTask.Accuracy, published) { Experiment = without is null ? null : $"speech-digits-fsdd-without-{without}" };

    private static PublishedRow Glimpses(int count, params IReadOnlyList<double?> published) => new($"RAM, {Text(count)} glimpses", "RAM", After(count), published);

    private static PublishedRow Random(int count, params IReadOnlyList<double?> published) => new($"{Text(count)} random glimpses", "control, random glimpses", After(count), published);

    private static PublishedRow Whole(string condition, params IReadOnlyList<double?> published) => new(condition, condition, Error, published);

    private static Metric After(int count) => new($"error, {Text(count)} glimpses", Higher: false);

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
