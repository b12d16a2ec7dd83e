namespace AttentionNotebooks;

/// <summary>All tasks of the series, each on each of its data sets.</summary>
public static class TaskList
{
    private const long Seed = 0;

    /// <summary>The tasks, the embedded set of each before the real ones.</summary>
    public static IReadOnlyList<TaskEntry> All { get; } =
    [
        new("sentiment-reviews", null, _ => new SentimentTask(TemplateReviews.Draw(Seed), SentimentProfile.Reviews)),
        new("sentiment-sst2", "sst2", root => new SentimentTask(SentimentTreebank.Sst2(root), SentimentProfile.Treebank)),
        new("sentiment-sst2-trees", "sst5-trees", root => new SentimentTask(SentimentTreebank.Sst2Trees(root), SentimentProfile.Treebank)),
        new("sentiment-sst5", "sst5-trees", root => new SentimentTask(SentimentTreebank.Sst5(root), SentimentProfile.Treebank)),
    ];

    /// <summary>The task of an id.</summary>
    /// <param name="id">Its id.</param>
    /// <exception cref="ArgumentException">There is none; the message names those that there are.</exception>
    public static TaskEntry Of(string id) => All.FirstOrDefault(entry => entry.Id == id)
        ?? throw new ArgumentException($"There is no task “{id}”; there are {string.Join(", ", All.Select(entry => entry.Id))}.", nameof(id));
}
