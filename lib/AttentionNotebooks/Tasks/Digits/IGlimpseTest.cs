namespace AttentionNotebooks;

/// <summary>A model that looks by a policy, and can be tested in the ways that a policy allows.</summary>
internal interface IGlimpseTest : ITaskModel
{
    /// <summary>How many samples are averaged where several are.</summary>
    const int Averaged = 10;

    /// <summary>At the mean of the policy.</summary>
    static EvaluationMode Mean { get; } = EvaluationMode.Of<IGlimpseTest>("mean", (model, generator) => model.TestAtMean(generator));

    /// <summary>By one sample, and by the mean of what ten samples say.</summary>
    static IReadOnlyList<EvaluationMode> Sampled { get; } =
    [
        EvaluationMode.Of<IGlimpseTest>("sampled", (model, generator) => model.TestSampled(1, generator)),
        EvaluationMode.Of<IGlimpseTest>($"MC-{Averaged}", (model, generator) => model.TestSampled(Averaged, generator)),
    ];

    /// <summary>Tests it by the mean of what samples say.</summary>
    IReadOnlyDictionary<string, double> TestSampled(int samples, Generator generator);

    /// <summary>Tests it at the mean of its policy.</summary>
    IReadOnlyDictionary<string, double> TestAtMean(Generator generator);
}
