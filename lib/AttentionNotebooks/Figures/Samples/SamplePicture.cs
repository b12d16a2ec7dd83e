namespace AttentionNotebooks;

/// <summary>A picture of samples of a data set, for its card. Sets whose licence does not let us show them are counted instead.</summary>
public sealed class SamplePicture
{
    private const long Seed = 0;

    private readonly bool embedded;
    private readonly Func<DataRoot, byte[]> draw;

    private SamplePicture(string set, string ending, bool embedded, Func<DataRoot, byte[]> draw) =>
        (Set, FileName, this.embedded, this.draw) = (set, $"{set}.{ending}", embedded, draw);

    /// <summary>One for every set of <see cref="DataManifest.Series"/>.</summary>
    public static IReadOnlyList<SamplePicture> All { get; } =
    [
        Real("mnist", "png", root => PixelSheet.Draw(Digits.Mnist(root).Train, 5)),
        Real("fashion-mnist", "png", root => PixelSheet.Draw(Digits.FashionMnist(root).Train, 5)),
        Real("cluttered-mnist", "png", root => PixelSheet.Draw(Digits.ClutteredMnist(root).Train, 4)),
        Real("multi30k", "svg", root => TranslationLengths(Multi30k.Read(root).Train)),
        Real("fsdd", "svg", root => SpeechSheet.Draw(SpokenDigits.Fsdd(root).Test)),
        Real("sst2", "svg", root => SentimentCounts(SentimentTreebank.Sst2(root))),
        Real("sst5-trees", "svg", root => SentimentCounts(SentimentTreebank.Sst5(root))),
        Embedded("drawn-digits", "png", () => PixelSheet.Draw(Digits.Drawn(Seed, 200, 0).Train, 5)),
        Embedded("scenes", "svg", () => CaptionedScenes(Scenes.Draw(Seed, 6, 0).Train)),
        Embedded("sort-of-clevr", "svg", () => ScenesWithQuestions(SortOfClevr.Draw(Seed, 6, 0).Train)),
        Embedded("human-to-iso", "svg", () => DatesAndNumbers(HumanToIso.Draw(Seed, 8, 8))),
        Embedded("synthesised-digits", "svg", () => SpeechSheet.Draw(SpokenDigits.Synthesised(Seed, trainTakes: 1, testTakes: 1).Train)),
        Embedded("template-reviews", "svg", () => TextSheet.Draw(TemplateReviews.Draw(Seed, 8, 0).Train, 8)),
    ];

    /// <summary>The name of the set.</summary>
    public string Set { get; }

    /// <summary>What the picture is called in <c>data/images/</c>.</summary>
    public string FileName { get; }

    /// <summary>Can it be drawn: is the set embedded, or does the data root have it?</summary>
    /// <param name="root">Where data lie.</param>
    public bool IsPossible(DataRoot root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return embedded || Directory.Exists(root.Of(Set));
    }

    /// <summary>Draws it: the bytes of a PNG or SVG file, the same from the same data.</summary>
    /// <param name="root">Where data lie.</param>
    /// <exception cref="DataFileException">A file of the set is missing or damaged.</exception>
    public byte[] Draw(DataRoot root) => draw(root);

    private static SamplePicture Real(string set, string ending, Func<DataRoot, byte[]> draw) => new(set, ending, embedded: false, draw);

    private static SamplePicture Embedded(string set, string ending, Func<byte[]> draw) => new(set, ending, embedded: true, _ => draw());

    private static byte[] CaptionedScenes(SceneSet set)
    {
        var size = set.Pixels.Length / set.Count;
        return PictureSheet.Draw([.. set.Scenes.Select((scene, i) => new PictureSheet.Sample(
            set.Side, set.Pixels[(i * size)..((i + 1) * size)], [.. scene.Captions.Take(2).Select(caption => caption.ToString())]))]);
    }

    private static byte[] ScenesWithQuestions(IReadOnlyList<ClevrScene> scenes) => PictureSheet.Draw([.. scenes.Select(scene =>
    {
        var planes = new byte[ClevrScene.PictureBytes];
        scene.Paint(planes);
        ClevrQuestion[] asked = [scene.Questions.First(question => !question.IsRelational), scene.Questions.First(question => question.IsRelational)];
        return new PictureSheet.Sample(ClevrScene.Side, planes, [.. asked.Select(question => $"{question} {scene.Answer(question)}")]);
    })]);

    private static byte[] DatesAndNumbers(IsoData data) => TextSheet.Draw(
        [("to train on", data.Train), ("to test on: values never trained on", data.Test), ("new formats", data.NewFormats), ("new lengths", data.NewLengths)], 5);

    private static byte[] TranslationLengths(SentencePairs pairs) => CountSheet.Draw(
        CountSheet.Lengths($"{pairs.Count} German sentences to train on, by length", pairs.Pairs.Select(pair => Words.Split(pair.Source).Count), 40),
        CountSheet.Lengths($"{pairs.Count} English sentences to train on, by length", pairs.Pairs.Select(pair => Words.Split(pair.Target).Count), 40));

    private static byte[] SentimentCounts(SentimentData data)
    {
        var names = data.Train.ClassNames;
        var sentences = data.Train.Sentences;
        CountSheet.Panel[] panels =
        [
            new("sentences to train on, by class", names, Count(sentences.Select(s => s.Label)), "class"),
            CountSheet.Lengths("sentences to train on, by length", sentences.Select(s => s.Words.Count), 55),
        ];
        var phrases = sentences.SelectMany(s => s.Phrases).Select(phrase => phrase.Label).ToArray();
        return CountSheet.Draw(phrases.Length == 0 ? panels : [panels[0], new("phrases in them, single words included, by class", names, Count(phrases), "class"), panels[1]]);

        int[] Count(IEnumerable<int> labels)
        {
            var counts = new int[names.Count];
            foreach (var label in labels) counts[label]++;
            return counts;
        }
    }
}
