using BenchmarkDotNet.Attributes;
using TorchSharp;

namespace AttentionNotebooks;

/// <summary>Soft attention against libtorch's fused kernel on the same tensors.</summary>
public class SoftAttentionBenchmarks : IDisposable
{
    private readonly Attention attention = new(new ScaledDotScore(), new Softmax(), new Expected());
    private torch.Tensor query = null!;
    private torch.Tensor keys = null!;
    private torch.Tensor values = null!;

    [Params("8 × 64 of 256", "32 × 1 of 1024", "2 × 2048 of 2048")]
    public string Size { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var (b, t, n) = Size switch { "8 × 64 of 256" => (8, 64, 256), "32 × 1 of 1024" => (32, 1, 1024), _ => (2, 2048, 2048) };
        (query, keys, values) = (torch.rand(b, t, 64), torch.rand(b, n, 64), torch.rand(b, n, 64));
    }

    [Benchmark(Baseline = true, Description = "fused kernel")]
    public void Fused()
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        torch.nn.functional.scaled_dot_product_attention(query, keys, values);
    }

    [Goal(1.1)]
    [Benchmark(Description = "soft attention")]
    public void Soft()
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        attention.forward(query, keys, values);
    }

    public void Dispose()
    {
        attention.Dispose();
        GC.SuppressFinalize(this);
    }
}
