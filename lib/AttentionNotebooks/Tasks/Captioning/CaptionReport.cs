namespace AttentionNotebooks;

/// <summary>Tables of what captioners say.</summary>
/// <param name="scenes">The scenes that they speak of.</param>
public sealed class CaptionReport(SceneSet scenes)
{
    /// <summary>What is wrong with a caption of each scene.</summary>
    /// <param name="captions">A caption for every scene.</param>
    /// <returns>The share of captions with each fault, in the order of <see cref="CaptionFault"/>; they sum to 1.</returns>
    /// <exception cref="ArgumentException">There are more or fewer captions than scenes.</exception>
    public double[] Faults(IReadOnlyList<IReadOnlyList<string>> captions)
    {
        ArgumentNullException.ThrowIfNull(captions);
        if (captions.Count != scenes.Count) throw new ArgumentException($"There are {captions.Count} captions for {scenes.Count} scenes.", nameof(captions));
        var faults = captions.Zip(scenes.Scenes, (words, scene) => SceneGrammar.Read(words)?.FaultIn(scene.Objects) ?? CaptionFault.Sentence).CountBy(fault => fault).ToDictionary();
        return [.. Enum.GetValues<CaptionFault>().Select(fault => faults.GetValueOrDefault(fault) / (double)scenes.Count)];
    }

    /// <summary>What is wrong with what captioners say, side by side.</summary>
    /// <param name="captions">Who speaks, and a caption for every scene.</param>
    public Table Faults(params IEnumerable<(string Name, IReadOnlyList<IReadOnlyList<string>> Captions)> captions)
    {
        var table = new Table("", "true", "wrong relation", "one object twice", "wrong size", "colour of one, shape of another", "object not there", "no sentence")
        {
            Caption = $"Shares of {scenes.Count:N0} captions, each under the gravest of its faults, which is the last that fits.",
        };
        return captions.Aggregate(table, (rows, each) => rows.Row([each.Name, .. Faults(each.Captions).Select(share => new Proportion(share, scenes.Count).Percent)]));
    }
}
