using BenchmarkDotNet.Attributes;
using TorchSharp;

namespace AttentionNotebooks;

/// <summary>Sparse maps against softmax, 32 rows of N standard normal scores, forwards, and forwards and backwards.</summary>
public class SparseMapBenchmarks : IDisposable
{
    private readonly Softmax softmax = new();
    private readonly Sparsemax sparsemax = new();
    private readonly Entmax15 entmax15 = new();
    private torch.Tensor scores = null!;
    private torch.Tensor slope = null!;

    [Params(32, 1024, 32768)]
    public int N { get; set; }

    [Params(false, true)]
    public bool Backward { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        using var generator = new torch.Generator(1);
        scores = torch.randn([32, 1, N], generator: generator).requires_grad_();
        slope = torch.randn([32, 1, N], generator: generator);
    }

    [Benchmark(Baseline = true, Description = "softmax")]
    public void Soft() => Pass(softmax);

    [Goal(6)]
    [Benchmark(Description = "sparsemax")]
    public void Sparse() => Pass(sparsemax);

    [Goal(6)]
    [Benchmark(Description = "1.5-entmax")]
    public void Between() => Pass(entmax15);

    public void Dispose()
    {
        softmax.Dispose();
        sparsemax.Dispose();
        entmax15.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Pass(Distribution distribution)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.set_grad_enabled(Backward);
        var weights = distribution.call(scores, null).Weights;
        if (!Backward) return;
        (weights * slope).sum().backward();
        scores.grad = null;
    }
}
