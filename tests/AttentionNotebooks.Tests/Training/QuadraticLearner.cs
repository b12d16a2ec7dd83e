using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Looks for the point (3, −2) by noisy steps; what it reports can be spoilt from a step on.</summary>
internal sealed class QuadraticLearner : nn.Module, ILearner
{
    private readonly Parameter place = new(zeros(2));

    public QuadraticLearner() : base(nameof(QuadraticLearner)) => RegisterComponents();

    public IReadOnlyList<nn.Module> Modules => [this];

    /// <summary>What validation gives, by the how-manieth time; the distance from the point if null.</summary>
    public Func<int, double>? Validation { get; init; }

    public int Validations { get; private set; }

    public int Steps { get; private set; }

    /// <summary>The step from which on the loss is not a number.</summary>
    public int BrokenFrom { get; init; } = int.MaxValue;

    public float[] Place => place.data<float>().ToArray();

    public TrainingStep Step(TrainingMoment moment)
    {
        Steps++;
        var noise = randn(moment.BatchSize, 2, generator: moment.Generator).mean([0L]);
        var loss = (place - tensor(new[] { 3f, -2 }) + 0.1 * noise).square().sum();
        if (Steps >= BrokenFrom) loss = loss * double.NaN;
        return new TrainingStep(loss, new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["loss"] = loss, ["step"] = tensor((double)Steps) });
    }

    public IReadOnlyDictionary<string, double> Validate()
    {
        var distance = Math.Abs(Place[0] - 3) + Math.Abs(Place[1] + 2);
        return new Dictionary<string, double>(StringComparer.Ordinal) { ["distance"] = Validation?.Invoke(++Validations) ?? distance };
    }
}
