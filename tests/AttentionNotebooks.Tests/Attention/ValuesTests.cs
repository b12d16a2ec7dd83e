using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class ValuesTests
{
    [Fact]
    public void A_soft_read_asks_once_for_all_and_for_none_alone()
    {
        using var scope = NewDisposeScope();
        var values = new CountedValues(Draw.Normal(1, [3, 6, 2]));

        new Expected().Take(Uniform(3, 2, 6), values.Lazy, null);

        Assert.Equal(1, values.CallsOfAll);
        Assert.Empty(values.Asked);
    }

    [Fact]
    public void A_hard_read_asks_once_for_the_chosen_locations_and_never_for_all()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        foreach (var read in new Read[] { new Sampled(), new MostLikely() })
        {
            var values = new CountedValues(Draw.Normal(1, [3, 6, 2]));

            var result = read.Take(Uniform(3, 2, 6), values.Lazy, generator);

            Assert.Equal(0, values.CallsOfAll);
            Assert.Equal(result.Choice!.data<long>().ToArray(), Assert.Single(values.Asked));
        }
    }

    [Fact]
    public void Lazy_values_and_a_tensor_read_the_same()
    {
        using var scope = NewDisposeScope();
        var tensor = Draw.Normal(1, [3, 6, 2]);
        foreach (var read in new Read[] { new Expected(), new Sampled(), new MostLikely() })
        {
            using var first = new Generator(1);
            using var second = new Generator(1);

            var fromTensor = read.Take(Uniform(3, 2, 6), tensor, first);
            var fromLazy = read.Take(Uniform(3, 2, 6), new CountedValues(tensor).Lazy, second);

            Assert.True(fromTensor.Context.Equals(fromLazy.Context));
        }
    }

    [Fact]
    public void Gradients_reach_a_tensor_through_all_and_through_some()
    {
        using var scope = NewDisposeScope();
        var tensor = Draw.Leaf(1, 2, 3, 2);
        var locations = torch.tensor(new[] { 0L, 2, 2, 1 }, [2, 2]);

        var all = GradCheck.Run(() => Values.FromTensor(tensor).All().square(), [tensor]);
        // A location may be read twice.
        var some = GradCheck.Run(() => Values.FromTensor(tensor).At(torch.tensor(new[] { 0L, 0, 2, 1 }, [2, 2])).square(), [tensor]);
        Values.FromTensor(tensor).At(locations).sum().backward();

        Assert.True(all.Within(1e-7), all.ToString());
        Assert.True(some.Within(1e-7), some.ToString());
        Assert.Equal([1.0, 1, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1], tensor.grad!.data<double>().ToArray());
    }

    [Fact]
    public void The_tensor_stays_the_caller_s()
    {
        using var scope = NewDisposeScope();
        var tensor = Draw.Normal(1, [2, 3, 2]);

        Values.FromTensor(tensor).All().Dispose();
        Values.FromTensor(tensor).At(zeros(2, 1, int64)).Dispose();

        Assert.False(tensor.IsInvalid);
        Assert.Equal(1, LiveTensors.HandedOverBy(() => Values.FromTensor(tensor).All()));
    }

    [Fact]
    public void Locations_of_another_shape_and_missing_functions_are_errors_that_name_them()
    {
        using var scope = NewDisposeScope();

        Assert.StartsWith("locations has shape [2], expected [B, M].", Assert.Throws<ArgumentException>(() => Values.FromTensor(zeros(2, 3, 2)).At(zeros(2, int64))).Message, StringComparison.Ordinal);
        Assert.Equal("all", Assert.Throws<ArgumentNullException>(() => Values.Lazy(null!, x => x)).ParamName);
        Assert.Equal("at", Assert.Throws<ArgumentNullException>(() => Values.Lazy(() => zeros(1), null!)).ParamName);
        Assert.Throws<ArgumentNullException>(() => Values.FromTensor(null!));
    }

    private static Categorical Uniform(long batch, long steps, long locations)
    {
        var weights = full([batch, steps, locations], 1.0 / locations, float64);
        return new Categorical(weights, weights.log());
    }
}
