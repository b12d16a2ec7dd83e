using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Looks for the point (3, −2) by noisy steps; what it reports can be spoilt from a step on.</summary>
internal sealed class QuadraticLearner : ILearner, IDisposable
{
    private readonly Parameter place = new(zeros(2));

    public IEnumerable<Parameter> Parameters => [place];

    public void Dispose() => place.Dispose();

    public int Steps { get; private set; }

    /// <summary>The step from which on the loss is not a number.</summary>
    public int BrokenFrom { get; init; } = int.MaxValue;

    public float[] Place => place.data<float>().ToArray();

    public TrainingStep Step(int batchSize, Generator generator)
    {
        Steps++;
        var noise = randn(batchSize, 2, generator: generator).mean([0L]);
        var loss = (place - tensor(new[] { 3f, -2 }) + 0.1 * noise).square().sum();
        if (Steps >= BrokenFrom) loss = loss * double.NaN;
        return new TrainingStep(loss, new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["loss"] = loss, ["step"] = tensor((double)Steps) });
    }
}
