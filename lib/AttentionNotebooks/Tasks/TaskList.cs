namespace AttentionNotebooks;

/// <summary>All tasks of the series, each on each of its data sets.</summary>
public static class TaskList
{
    private const long Seed = 0;

    /// <summary>The tasks, the embedded set of each before the real ones.</summary>
    public static IReadOnlyList<TaskEntry> All { get; } =
    [
        new("captioning-scenes", null, _ => new CaptioningTask(Scenes.Draw(Seed))),
        new("translation-iso", null, _ => new IsoTask(HumanToIso.Draw(Seed))),
        new("translation-multi30k", "multi30k", root => new Multi30kTask(Multi30k.Read(root))),
        new("translation-multi30k-published", "multi30k", root => new PublishedTranslationTask(Multi30k.Read(root))),
        new("vqa-sort-of-clevr", null, _ => new ClevrTask(SortOfClevr.Draw(Seed))),
        new("speech-digits", null, _ => SpeechDigitsTask.Synthesised(Seed)),
        new("speech-digits-fsdd-among-pieces", "fsdd", root => SpeechDigitsTask.FsddAmongPieces(root, Seed)),
        new("speech-digits-fsdd", "fsdd", SpeechDigitsTask.Fsdd),
        .. SpokenDigits.FsddSpeakers.Select(speaker => new TaskEntry($"speech-digits-fsdd-without-{speaker}", "fsdd", root => SpeechDigitsTask.FsddWithout(root, speaker))),
        new("speech-strings", null, _ => SpeechStringsTask.Synthesised(Seed)),
        new("speech-strings-fsdd", "fsdd", root => SpeechStringsTask.Fsdd(root, Seed)),
        new("digits-translated", null, _ => DigitTasks.Translated(Digits.Drawn(Seed), Seed)),
        new("digits-translated-mnist", "mnist", root => DigitTasks.Translated(Digits.Mnist(root), Seed)),
        new("digits-cluttered", null, _ => DigitTasks.Cluttered(Digits.Drawn(Seed), Seed)),
        new("digits-cluttered-mnist", "mnist", root => DigitTasks.Cluttered(Digits.Mnist(root), Seed)),
        new("digits-estimators", null, _ => DigitTasks.Estimators(Digits.Drawn(Seed), Seed)),
        new("fashion-cluttered", "fashion-mnist", root => DigitTasks.Cluttered(Digits.FashionMnist(root), Seed)),
        new("cluttered-mnist-npz", "cluttered-mnist", root => DigitTasks.Given(Digits.ClutteredMnist(root))),
        new("digits-cluttered-100", null, _ => DigitTasks.ClutteredLarge(Digits.Drawn(Seed), Seed)),
        new("digits-cluttered-100-mnist", "mnist", root => DigitTasks.ClutteredLarge(Digits.Mnist(root), Seed)),
        new("digits-windows", null, _ => new WindowTask(Digits.Drawn(Seed), Seed)),
        new("digits-windows-200", null, _ => new WindowTask(Digits.Drawn(Seed, trainCount: 200), Seed)),
        new("digits-windows-2000", null, _ => new WindowTask(Digits.Drawn(Seed, trainCount: 2000), Seed)),
        new("digits-windows-mnist", "mnist", root => new WindowTask(Digits.Mnist(root), Seed)),
        new("digits-cost", null, _ => new CostTask(Digits.Drawn(Seed), Seed)),
        new("digits-two-looks", null, _ => new TwoLooksTask(Digits.Drawn(Seed), Seed)),
        new("digits-pairs", null, _ => DigitTasks.Pairs(Digits.Drawn(Seed), Seed)),
        new("digits-pairs-mnist", "mnist", root => DigitTasks.Pairs(Digits.Mnist(root), Seed)),
        new("ram-mnist", "mnist", root => PublishedTask.Plain(Digits.Mnist(root))),
        new("ram-translated", "mnist", root => PublishedTask.Translated(Digits.Mnist(root), Seed)),
        new("ram-cluttered", "mnist", root => PublishedTask.Translated(Digits.Mnist(root), Seed, clutter: 4)),
        new("boxes", null, _ => new BoxesTask()),
        new("cards-clear", null, _ => new LookupTask(new NoisyCards(Noise: 0.3), Seed)),
        new("cards-noisy", null, _ => new LookupTask(new NoisyCards(Noise: 1.5), Seed)),
        new("follow-cards", null, _ => new HopTask(new HopCards(), Seed, mostLooks: 8)),
        new("spans", null, _ => new SpanTask(Seed)),
        new("sentiment-reviews", null, _ => new SentimentTask(TemplateReviews.Draw(Seed), SentimentProfile.Reviews)),
        new("sentiment-sst2", "sst2", root => new SentimentTask(SentimentTreebank.Sst2(root), SentimentProfile.Treebank)),
        new("sentiment-sst2-trees", "sst5-trees", root => new SentimentTask(SentimentTreebank.Sst2Trees(root), SentimentProfile.Treebank)),
        new("sentiment-sst2-phrases", "sst5-trees", root => new SentimentTask(SentimentTreebank.Sst2Phrases(root), SentimentProfile.Phrases)),
        new("sentiment-sst5", "sst5-trees", root => new SentimentTask(SentimentTreebank.Sst5(root), SentimentProfile.Treebank)),
    ];

    /// <summary>The task of an id.</summary>
    /// <param name="id">Its id.</param>
    /// <exception cref="ArgumentException">There is none; the message names those that there are.</exception>
    public static TaskEntry Of(string id) => All.FirstOrDefault(entry => entry.Id == id)
        ?? throw new ArgumentException($"There is no task “{id}”; there are {string.Join(", ", All.Select(entry => entry.Id))}.", nameof(id));
}
