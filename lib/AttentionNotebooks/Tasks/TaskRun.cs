namespace AttentionNotebooks;

/// <summary>A contender that was trained.</summary>
/// <param name="Contender">Which.</param>
/// <param name="Seed">Where all randomness of the run started.</param>
/// <param name="Model">The trained model.</param>
/// <param name="History">How it went.</param>
public sealed record TaskRun(Contender Contender, long Seed, ITaskModel Model, TrainingHistory History) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();
}
