using System.Diagnostics;
using System.Globalization;
using TorchSharp;

namespace AttentionNotebooks;

/// <summary>Where the time of training steps goes: forwards, backwards, the optimizer; and how close that is to the speed of matrix products.</summary>
internal static class StepProfile
{
    private const int Warm = 3, Steps = 10;

    private static readonly (string Experiment, string[] Contenders)[] Profiled =
    [
        ("digits-cluttered", ["soft", "hard, leave-one-out", "RAM", "convolutional"]),
        ("captioning-scenes", ["soft", "hard, leave-one-out"]),
        ("vqa-sort-of-clevr", ["soft", "hard, leave-one-out", "hybrid, relations of 24 places"]),
        ("translation-iso", ["soft", "hard, leave-one-out", "hard, exact marginal"]),
        ("speech-strings", ["soft", "hard, monotonic"]),
        ("sentiment-reviews", ["soft", "hard, leave-one-out"]),
    ];

    public static IEnumerable<string> Rows()
    {
        var product = ProductSpeed();
        yield return string.Create(CultureInfo.InvariantCulture, $"A product of 512×512 matrices: {product:F0} GFLOP/s.");
        yield return "";
        yield return "| step | forwards | backwards | clipping, Adam | million operations forwards | of the speed of a product |";
        yield return "| --- | ---: | ---: | ---: | ---: | ---: |";
        foreach (var (experiment, contenders) in Profiled)
        {
            using var task = TaskList.Of(experiment).Create(DataRoot.Find());
            foreach (var contender in contenders) yield return Row(experiment, task[contender], product);
        }
    }

    private static string Row(string experiment, Contender contender, double product)
    {
        using var generator = new torch.Generator(1);
        using var model = contender.Create(generator);
        var parameters = model.Modules.SelectMany(module => module.parameters()).ToArray();
        using var adam = torch.optim.Adam(parameters, 1e-4);
        var counters = model.Modules.Select(module => new FlopCounter(module)).ToArray();
        var (forwards, backwards, optimizer) = (new double[Steps], new double[Steps], new double[Steps]);
        for (var i = -Warm; i < Steps; i++)
        {
            using var scope = torch.NewDisposeScope();
            var start = Stopwatch.GetTimestamp();
            var loss = model.Step(new TrainingMoment(Warm + i + 1, 1000, contender.Options.BatchSize, generator)).Loss;
            var middle = Stopwatch.GetTimestamp();
            adam.zero_grad();
            loss.backward();
            var late = Stopwatch.GetTimestamp();
            torch.nn.utils.clip_grad_norm_(parameters, contender.Options.GradientNorm);
            adam.step();
            if (i < 0) continue;
            (forwards[i], backwards[i], optimizer[i]) = (Milliseconds(start, middle), Milliseconds(middle, late), Milliseconds(late, Stopwatch.GetTimestamp()));
        }

        var operations = counters.Sum(counter => counter.Count) / 1e6 / (Warm + Steps);
        foreach (var counter in counters) counter.Dispose();
        var (f, b, o) = (Median(forwards), Median(backwards), Median(optimizer));
        // Backwards takes twice the products of forwards.
        return string.Create(CultureInfo.InvariantCulture, $"| {experiment}: {contender.Name} | {f:F1} ms | {b:F1} ms | {o:F1} ms | {operations:F0} | {3 * operations / (f + b + o) / product:P0} |");
    }

    private static double ProductSpeed()
    {
        const int Side = 512;
        using var scope = torch.NewDisposeScope();
        var (a, b) = (torch.randn(Side, Side), torch.randn(Side, Side));
        var times = Enumerable.Range(0, 50).Select(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            using var product = a.mm(b);
            return Milliseconds(start, Stopwatch.GetTimestamp());
        }).ToArray();
        return 2.0 * Side * Side * Side / 1e6 / Median(times);
    }

    private static double Milliseconds(long start, long end) => Stopwatch.GetElapsedTime(start, end).TotalMilliseconds;

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
