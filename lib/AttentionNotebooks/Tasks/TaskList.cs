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
        new("vqa-sort-of-clevr", null, _ => new ClevrTask(SortOfClevr.Draw(Seed))),
        new("speech-digits", null, _ => SpeechDigitsTask.Synthesised(Seed)),
        new("speech-digits-fsdd", "fsdd", SpeechDigitsTask.Fsdd),
        new("speech-digits-fsdd-without-theo", "fsdd", root => SpeechDigitsTask.FsddWithout(root, "theo")),
        new("speech-strings", null, _ => SpeechStringsTask.Synthesised(Seed)),
        new("speech-strings-fsdd", "fsdd", root => SpeechStringsTask.Fsdd(root, Seed)),
    ];

    /// <summary>The task of an id.</summary>
    /// <param name="id">Its id.</param>
    /// <exception cref="ArgumentException">There is none; the message names those that there are.</exception>
    public static TaskEntry Of(string id) => All.FirstOrDefault(entry => entry.Id == id)
        ?? throw new ArgumentException($"There is no task “{id}”; there are {string.Join(", ", All.Select(entry => entry.Id))}.", nameof(id));
}
