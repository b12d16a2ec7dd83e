using BenchmarkDotNet.Attributes;
using TorchSharp;

namespace AttentionNotebooks;

/// <summary>A training step of RAM (28×28, 6 glimpses of 8×8, batch 128, hidden 256, Adam, clipped gradients) against its matrix products alone, forwards and both ways back.</summary>
public class RecurrentAttentionBenchmarks : IDisposable
{
    private const int B = 128;
    private const int Glimpses = 6;

    private readonly torch.Generator generator = new(1);
    private readonly Reinforce estimator = new(new LearnedBaseline(256));
    private readonly RecurrentAttention model;
    private readonly torch.optim.Optimizer optimizer;
    private readonly torch.Tensor images;
    private readonly torch.Tensor labels;
    private readonly (torch.Tensor Input, torch.Tensor Weight, torch.Tensor Slope)[] products;

    public RecurrentAttentionBenchmarks()
    {
        var retina = new Retina(8);
        model = new RecurrentAttention(retina, new GlimpseNetwork(GlimpseNetwork.OfPixels(retina)), new LocationPolicy(256, 0.05), glimpses: Glimpses);
        optimizer = torch.optim.Adam([.. model.parameters(), .. estimator.parameters()], 1e-3);
        (images, labels) = (torch.rand([B, 1, 28, 28], generator: generator), torch.randint(10, [B], generator: generator));
        products = [.. Sizes().Select(size => (torch.rand(B, size.In), torch.rand(size.In, size.Out), torch.rand(B, size.Out)))];
    }

    [Benchmark(Baseline = true, Description = "matrix products")]
    public void Products()
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        foreach (var (input, weight, slope) in products)
        {
            input.matmul(weight);
            slope.matmul(weight.t());
            input.t().matmul(slope);
        }
    }

    [Goal(1.5)]
    [Benchmark(Description = "RAM step")]
    public void Step()
    {
        using var scope = torch.NewDisposeScope();
        optimizer.zero_grad();
        estimator.Surrogate(_ =>
        {
            var run = model.call(images, generator);
            var logits = run.Logits.squeeze(1);
            return run.Cost(torch.nn.functional.cross_entropy(logits, labels, reduction: torch.nn.Reduction.None), logits.argmax(1).ne(labels));
        }).backward();
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5);
        optimizer.step();
    }

    public void Dispose()
    {
        generator.Dispose();
        optimizer.Dispose();
        estimator.Dispose();
        model.Dispose();
        GC.SuppressFinalize(this);
    }

    // What and where, both together, the state, the next location; at the end the classes and the baseline.
    private static IEnumerable<(long In, long Out)> Sizes() =>
    [
        .. Enumerable.Repeat(new (long, long)[] { (64, 128), (2, 128), (256, 256), (512, 256) }, Glimpses).SelectMany(one => one),
        .. Enumerable.Repeat((256L, 2L), Glimpses - 1), (256, 10), (256, 64), (64, 1),
    ];
}
