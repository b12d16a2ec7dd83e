using BenchmarkDotNet.Attributes;
using TorchSharp;

namespace AttentionNotebooks;

/// <summary>128 glimpses of 60×60 images, each at a place of its own, against copying as many pixels, all from the same place.</summary>
public class GlimpseBenchmarks
{
    private torch.Tensor images = null!;
    private torch.Tensor locations = null!;
    private RetinalImage seen = null!;

    [Params(12, 48)]
    public int Pixels { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        using var generator = new torch.Generator(1);
        images = torch.rand([128, 1, 60, 60], generator: generator);
        locations = torch.rand([128, 2], generator: generator) * 2 - 1;
        seen = new Retina(Pixels).Project(images);
    }

    [Benchmark(Baseline = true, Description = "copy of a window")]
    public void Copy()
    {
        using var scope = torch.NewDisposeScope();
        images.narrow(2, 5, Pixels).narrow(3, 3, Pixels).contiguous();
    }

    [Goal(3)]
    [Benchmark(Description = "glimpses")]
    public void Look()
    {
        using var scope = torch.NewDisposeScope();
        seen.At(locations);
    }
}
