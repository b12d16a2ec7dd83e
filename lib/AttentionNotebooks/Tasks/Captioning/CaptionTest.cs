namespace AttentionNotebooks;

/// <summary>Scenes that captioners are tested on, with all that may be said of each.</summary>
public sealed class CaptionTest : IDisposable
{
    private const int BatchSize = 250;

    private readonly CaptionedScenes scenes;
    private readonly Vocabulary vocabulary;
    private readonly IReadOnlyList<string>[][] references;
    private readonly HashSet<string>[] trueCaptions;

    /// <summary>Prepares a test.</summary>
    /// <param name="set">The scenes.</param>
    /// <param name="vocabulary">The numbers of words.</param>
    public CaptionTest(SceneSet set, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(vocabulary);
        scenes = new CaptionedScenes(set, vocabulary);
        this.vocabulary = vocabulary;
        references = [.. set.Scenes.Select(scene => scene.TrueCaptions().Select(caption => caption.Words).ToArray())];
        trueCaptions = [.. references.Select(captions => captions.Select(Sentence).ToHashSet(StringComparer.Ordinal))];
    }

    /// <summary>How many scenes there are.</summary>
    public int Count => scenes.Scenes.Count;

    /// <summary>What a captioner says of every scene.</summary>
    /// <param name="captioner">The captioner.</param>
    /// <param name="width">K of the beam search; 1 is greedy search.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public IReadOnlyList<IReadOnlyList<string>> Captions(Captioner captioner, int width, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(captioner);
        var (search, captions) = (new BeamSearch(width, scenes.Longest), new List<IReadOnlyList<string>>());
        ForEachBatch(captioner.Device(), batch => captions.AddRange(captioner.Say(batch.Pictures, search, generator).ToNumbers().Select(vocabulary.Decode)));
        return captions;
    }

    /// <summary>The share of captions that are true: word for word one of all that may be said of the scene.</summary>
    /// <param name="captions">A caption for every scene.</param>
    public double ExactMatch(IReadOnlyList<IReadOnlyList<string>> captions) =>
        captions.Zip(trueCaptions).Average(each => each.Second.Contains(Sentence(each.First)) ? 1.0 : 0);

    /// <summary>What captions have in common with all that may be said of their scenes.</summary>
    /// <param name="captions">A caption for every scene.</param>
    public Bleu BleuOf(IReadOnlyList<IReadOnlyList<string>> captions) => Bleu.Of(captions, references);

    /// <summary>
    /// How often a captioner, when it is to say the next word of a caption that is given, looks at the object that this word speaks of (<see cref="PointingGame.CentreInside"/>).
    /// Of the first object that a caption names it cannot know the first word before it is said.
    /// </summary>
    /// <param name="captioner">The captioner.</param>
    /// <param name="generator">Where a random read draws from.</param>
    /// <returns>The share of words that speak of an object, in 0..1.</returns>
    public double Pointing(Captioner captioner, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(captioner);
        var (hits, words) = (0.0, 0L);
        ForEachBatch(captioner.Device(), batch =>
        {
            var pointed = PointsAt(captioner.call(batch.Pictures, batch.Captions, generator), batch, captioner.Places);
            hits += pointed.to(torch.float64).sum().ToDouble();
            words += pointed.shape[0];
        });
        return hits / words;
    }

    /// <summary>For every word that speaks of an object, whether its look was at it.</summary>
    /// <param name="captioning">What a captioner made of the batch.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="places">The places it looks at.</param>
    /// <returns>[M], 1 where it was, for the M words of the batch that speak of an object, caption by caption.</returns>
    internal static Tensor PointsAt(Captioning captioning, CaptionBatch batch, WindowGrid places)
    {
        using var scope = torch.NewDisposeScope();
        var words = batch.Names.flatten().nonzero().squeeze(1);
        var looks = captioning.LookedAt().flatten(0, 1).index_select(0, words).unsqueeze(1);
        return PointingGame.CentreInside(looks, batch.Boxes.flatten(0, 1).index_select(0, words), places).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose() => scenes.Dispose();

    private void ForEachBatch(torch.Device device, Action<CaptionBatch> test)
    {
        for (var start = 0; start < scenes.Scenes.Count; start += BatchSize)
        {
            using var scope = torch.NewDisposeScope();
            using var _ = torch.no_grad();
            test(scenes.Slice(start, BatchSize).To(device));
        }
    }

    private static string Sentence(IReadOnlyList<string> words) => string.Join(' ', words);
}
