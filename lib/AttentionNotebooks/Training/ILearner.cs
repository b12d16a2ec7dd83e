using System.Collections.ObjectModel;

namespace AttentionNotebooks;

/// <summary>Something that a <see cref="Trainer"/> can train: a model on its task, with its gradient estimator.</summary>
public interface ILearner
{
    /// <summary>
    /// The model, its estimator, its <see cref="Minibatches"/>: all whose parameters are learned, and whose state a checkpoint keeps.
    /// What a step depends on and the generator does not give must be in a buffer of one of them.
    /// </summary>
    IReadOnlyList<torch.nn.Module> Modules { get; }

    /// <summary>Draws a batch and computes its loss.</summary>
    /// <param name="moment">How large the batch is, where randomness comes from, and how far the run is.</param>
    TrainingStep Step(TrainingMoment moment);

    /// <summary>Measures the model on examples that it is not trained on; it draws nothing from the run's generator.</summary>
    /// <returns>Each metric, by its name in the history; none where there is nothing to measure.</returns>
    IReadOnlyDictionary<string, double> Validate() => ReadOnlyDictionary<string, double>.Empty;
}
