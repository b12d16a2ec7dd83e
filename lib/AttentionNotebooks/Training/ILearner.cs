namespace AttentionNotebooks;

/// <summary>Something that a <see cref="Trainer"/> can train: a model on its task, with its gradient estimator.</summary>
public interface ILearner
{
    /// <summary>All that is learned, each parameter once.</summary>
    IEnumerable<Parameter> Parameters { get; }

    /// <summary>Draws a batch and computes its loss.</summary>
    /// <param name="batchSize">B, how many examples.</param>
    /// <param name="generator">Where all randomness of the step comes from.</param>
    TrainingStep Step(int batchSize, Generator generator);
}
