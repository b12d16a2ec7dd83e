using TorchSharp;

namespace AttentionNotebooks;

/// <summary>A small training run with a checkpoint, to be loaded again.</summary>
internal sealed class CheckpointedRun : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly QuadraticLearner learner = new();
    private readonly torch.Generator generator = new(1);
    private readonly TorchSharp.Modules.OptimizerHelper optimizer;
    private readonly TrainingOptions options;

    public CheckpointedRun(TemporaryFolder folder)
    {
        var path = Path.Combine(folder.Path, "good.checkpoint");
        options = new() { Steps = 4, ReportEvery = 2, CheckpointEvery = 1, Checkpoint = path };
        new Trainer(options).Run(learner, generator);
        optimizer = torch.optim.Adam(learner.Modules.SelectMany(module => module.parameters()), options.LearningRate);
        Bytes = File.ReadAllBytes(path);
        File.Delete(path);
    }

    /// <summary>The checkpoint's file.</summary>
    public byte[] Bytes { get; }

    /// <summary>Goes on from a file.</summary>
    public void Load(string path)
    {
        using var inner = torch.NewDisposeScope();
        new TrainingState(learner, optimizer, generator, options).LoadIfPresent(path);
    }

    public void Dispose()
    {
        optimizer.Dispose();
        generator.Dispose();
        learner.Dispose();
        scope.Dispose();
    }
}
