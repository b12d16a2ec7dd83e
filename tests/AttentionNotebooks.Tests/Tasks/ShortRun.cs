using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>A contender that takes a few steps, is tested in each of its modes, and goes away.</summary>
internal static class ShortRun
{
    /// <summary>Runs it, and asserts that it leaves no tensor beyond those that its modules themselves leave: a convolution keeps a handle, an AlphaEntmax its exponent, for as long as they live.</summary>
    /// <param name="contender">Who.</param>
    /// <param name="options">How long.</param>
    /// <param name="also">What else is done with the trained contender.</param>
    public static IReadOnlyList<TestResult> LeavesNothing(Contender contender, TrainingOptions options, Action<TaskRun>? also = null)
    {
        IReadOnlyList<TestResult> results = [];
        var made = LiveTensors.HandedOverBy(() =>
        {
            using var generator = new Generator(0);
            contender.Create(generator).Dispose();
        });
        var left = LiveTensors.HandedOverBy(() =>
        {
            using var run = AttentionTask.Train(contender, 0, options);
            results = AttentionTask.Test(run);
            also?.Invoke(run);
            foreach (var parameter in run.Model.Modules.SelectMany(module => module.parameters())) parameter.grad = null;
        });

        Assert.True(left == made, $"{contender} left {left - made} tensors");
        return results;
    }
}
