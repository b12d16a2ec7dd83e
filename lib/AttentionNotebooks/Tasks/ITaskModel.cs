namespace AttentionNotebooks;

/// <summary>A model of a task with its estimator: it can be trained, and tested in several ways.</summary>
public interface ITaskModel : ILearner, IDisposable
{
    /// <summary>Tests it on the task's test set. It leaves the model, its read and its training mode as they were, and needs memory for a batch at a time.</summary>
    /// <param name="mode">The evaluation mode; null for the model's own, where there is no attention.</param>
    /// <param name="generator">Where a random read draws from.</param>
    /// <returns>The value of every metric of the task; not a number for one that does not apply.</returns>
    IReadOnlyDictionary<string, double> Test(Read? mode, Generator generator);
}
