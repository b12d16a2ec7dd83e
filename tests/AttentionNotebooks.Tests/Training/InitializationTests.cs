using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class InitializationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Weights_are_uniform_within_their_bound_and_biases_zero(bool narrow)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var model = nn.Sequential(nn.Conv2d(8, 40, kernel_size: 5), nn.Linear(200, 50));

        if (narrow) Initialization.DrawNarrow(model, generator);
        else Initialization.Draw(model, generator);

        // Both sum over 200 inputs.
        var bound = Math.Sqrt((narrow ? 1.0 : 6.0) / 200);
        foreach (var parameter in model.parameters())
        {
            if (parameter.dim() == 1)
            {
                Assert.Equal(0, parameter.abs().sum().ToSingle());
                continue;
            }

            Assert.InRange(parameter.abs().max().ToSingle(), 0.99 * bound, bound);
            var bins = ((parameter.detach() / bound + 1) * 5).to(int64);
            var p = ChiSquare.GoodnessOfFit(ChiSquare.Counts(bins, 10), [.. Enumerable.Repeat(0.1, 10)]);
            Assert.True(p > 1e-3, $"p = {p}");
        }
    }

    [Fact]
    public void The_same_seed_draws_the_same_weights_in_any_module()
    {
        using var scope = NewDisposeScope();
        Tensor Drawn(ulong seed)
        {
            using var generator = new Generator(seed);
            var module = new LearnedBaseline(5, 4);
            Initialization.Draw(module, generator);
            return cat(module.parameters().Select(parameter => parameter.flatten()).ToArray());
        }

        Assert.True(Drawn(1).Equals(Drawn(1)));
        Assert.False(Drawn(1).Equals(Drawn(2)));
        Assert.True(Drawn(1).requires_grad);
    }

    [Fact]
    public void A_scalar_keeps_what_it_was_made_with()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var module = new Rebar(temperature: 0.25);

        Initialization.Draw(module, generator);

        Assert.Equal([0.25, 1], module.named_parameters().OrderBy(named => named.name, StringComparer.Ordinal).Select(named => named.parameter.ToDouble()).Select((value, i) => Math.Round(i == 0 ? Math.Exp(value) : value, 6)));
    }

    [Fact]
    public void Nothing_is_left_of_a_draw()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var module = new LearnedBaseline(5, 4);

        Assert.Equal(0, LiveTensors.HandedOverBy(() => Initialization.Draw(module, generator)));
        Assert.Throws<ArgumentNullException>(() => Initialization.Draw(module, null!));
        Assert.Throws<ArgumentNullException>(() => Initialization.Draw(null!, generator));
    }
}
