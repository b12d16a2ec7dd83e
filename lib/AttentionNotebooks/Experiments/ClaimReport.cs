using System.Globalization;

namespace AttentionNotebooks;

/// <summary>Claims and their verdicts, as tables and charts.</summary>
/// <param name="judgements">The claims, judged.</param>
public sealed class ClaimReport(params IReadOnlyList<Judgement> judgements)
{
    /// <summary>Judges all claims by the rows of a folder.</summary>
    /// <param name="results">The folder of result files.</param>
    public static ClaimReport Of(string results)
    {
        var files = new Dictionary<string, IReadOnlyList<ResultRow>>(StringComparer.Ordinal);
        return new ClaimReport([.. Claims.All.Select(claim => claim.Judge(Rows))]);

        IReadOnlyList<ResultRow> Rows(string experiment) =>
            files.TryGetValue(experiment, out var rows) ? rows : files[experiment] = new ResultFile(Shard.Whole.FileIn(results, experiment)).Rows;
    }

    /// <summary>The claims, judged.</summary>
    public IReadOnlyList<Judgement> Judgements => judgements;

    /// <summary>The judgement of a claim.</summary>
    /// <param name="id">The claim's name.</param>
    public Judgement this[string id] => judgements.Single(judgement => judgement.Claim.Id == id);

    /// <summary>A line for each claim that rows decide: how many comparisons are for it, against it and open, and the verdict.</summary>
    public Table Verdicts()
    {
        var table = new Table("claim", "for", "against", "open", "seeds", "verdict")
        {
            Caption = "Supported: every comparison is for it. Not supported: none is, and one at least is against. Depends: some for, some against.",
        };
        foreach (var judgement in judgements.Where(each => each.Effects.Count > 0)) table.Row(Line(judgement));
        return table;
    }

    /// <summary>Everything that decides a claim, as intervals beside zero.</summary>
    /// <param name="id">The claim's name.</param>
    public IntervalChart Effects(string id) => Effects(this[id], null);

    /// <summary>All claims one after the other, on one scale.</summary>
    /// <param name="start">The name of the claim that is shown first.</param>
    public FigureSequence OneByOne(string start)
    {
        Judgement[] decided = [.. judgements.Where(judgement => judgement.Effects.Count > 0)];
        return new FigureSequence("claim", decided.Select(judgement => ($"{judgement.Claim.Id}, {judgement.Words}", (Figure)Effects(judgement, 1))))
        {
            Title = "What decides each claim",
            Caption = "The advantage of the first condition over the second, as the claim has it: right of the line for, left against. Bars: intervals over seeds, widened for the number of comparisons. Dotted: the smallest effect that matters.",
            Start = Math.Max(0, Array.FindIndex(decided, judgement => judgement.Claim.Id == start)),
        };
    }

    private static IntervalChart Effects(Judgement judgement, double? reach) =>
        new("advantage", judgement.Effects.Select(effect => Row(effect.Comparison, effect.Effect)))
        {
            Percent = true,
            From = -reach,
            To = reach,
            Title = reach is null ? $"{judgement.Claim.Id}: {judgement.Claim.Sentence}" : "",
            Caption = reach is null ? $"Verdict: {judgement.Words}. Right of the line for the claim, left against it. Bars: intervals over seeds, widened for the number of comparisons. Dotted: the smallest effect that matters." : "",
        };

    private static Interval Row(Comparison comparison, PairedEffect effect) =>
        new(comparison.ToString(), RoleOf(comparison.Ahead), effect.Mean, effect.Low, effect.High) { Mark = comparison.Least };

    private static Role RoleOf(string condition) => condition.Split(',')[0] switch
    {
        "soft" or "softmax" => Role.Soft,
        "hard" => Role.Hard,
        "hybrid" or "PonderNet" or "learned span" or "learned α" => Role.Hybrid,
        "sparse" or "1.5-entmax" => Role.Sparse,
        _ => Role.Control,
    };

    private static string[] Line(Judgement judgement) =>
    [
        $"{judgement.Claim.Id} · {judgement.Claim.Sentence}",
        Number(judgement.Count(Verdict.Supported)), Number(judgement.Count(Verdict.NotSupported)), Number(judgement.Count(Verdict.Undecided)),
        judgement.Seeds.Fewest == judgement.Seeds.Most ? Number(judgement.Seeds.Most) : $"{Number(judgement.Seeds.Fewest)} to {Number(judgement.Seeds.Most)}",
        judgement.Words,
    ];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
