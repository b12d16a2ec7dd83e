using System.Globalization;

namespace AttentionNotebooks;

/// <summary>The verdicts in Markdown, for a page at the root of the repository: each claim with all that decides it, its rows and its notebook.</summary>
public static class ClaimTable
{
    /// <summary>A row a claim.</summary>
    /// <param name="judgements">The claims, judged.</param>
    public static string Of(IEnumerable<Judgement> judgements)
    {
        ArgumentNullException.ThrowIfNull(judgements);
        string[] head = ["| claim | verdict | what decides it: advantage in points, of at least |", "| --- | --- | --- |"];
        return string.Concat(head.Concat(judgements.Select(Row)).Select(line => line + "\n"));
    }

    private static string Row(Judgement judgement)
    {
        var claim = judgement.Claim;
        var verdict = claim.Comparisons.Count == 0 ? "–" : $"**{judgement.Words}**";
        var decided = claim.Comparisons.Count == 0 ? "measured in its notebook, no rows of seeds yet" : string.Join("<br>", judgement.Effects.Select(effect => Line(effect.Comparison, effect.Effect)));
        return $"| [{claim.Id}](notebooks/{claim.Notebook}.ipynb) {claim.Sentence} | {verdict} | {decided} |";
    }

    private static string Line(Comparison comparison, PairedEffect effect)
    {
        var interval = double.IsFinite(effect.Low) ? $" [{Points(effect.Low)}, {Points(effect.High)}]" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Mark(effect.Judge(comparison.Least))} {Points(effect.Mean)}{interval} of {Points(comparison.Least)}, {effect.Seeds} seed{(effect.Seeds == 1 ? "" : "s")}, [{comparison.Experiment}](data/results/{comparison.Experiment}.jsonl): {comparison.Measured}");
    }

    private static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Supported => "✓",
        Verdict.NotSupported => "✗",
        _ => "?",
    };

    private static string Points(double share) => (100 * share).ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture);
}
