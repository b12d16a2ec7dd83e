using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>What every module must do: save, load, the same numbers; leave nothing behind; float32 as float64; weights that are a distribution.</summary>
public class ModuleTests
{
    private const long B = 2, N = 5, D = 4;

    public static TheoryData<string> Scores => ["AdditiveScore", "NormalizedAdditiveScore", "DotScore", "ScaledDotScore", "GeneralScore", "ConcatScore", "LocationAwareScore", "LocalMonotonicScore", "LocalPredictiveScore", "ScorePair", "UniformScore"];

    public static TheoryData<string> Distributions => ["Softmax", "Sparsemax", "Entmax15", "AlphaEntmax", "AlphaEntmax learned", "Monotonic", "Mocha", "Sigmoid", "HardKuma"];

    public static TheoryData<string> Estimators => ["none", "moving average", "learned", "self-critical", "leave-one-out", "REBAR", "RELAX", "ARM", "VIMCO", "exact", "marginal"];

    [Theory]
    [MemberData(nameof(Scores))]
    public void A_score_saved_and_loaded_gives_the_same_numbers(string name)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var (saved, loaded) = (CombinationTests.Scorer(name), CombinationTests.Scorer(name));
        var (query, keys) = (Draw.Normal(1, [B, 1, D], ScalarType.Float32), Draw.Normal(2, [B, N, D], ScalarType.Float32));
        var past = PastTests.PastOf(Draw.Normal(3, [B, 1, N], ScalarType.Float32));

        AssertSame(folder, saved, loaded, module => ((Score)module).call(query, keys, past), hasParameters: name is not ("DotScore" or "ScaledDotScore" or "LocalMonotonicScore" or "UniformScore"));
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public void A_distribution_saved_and_loaded_gives_the_same_numbers(string name)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var scores = Draw.Normal(1, [B, 2, N], ScalarType.Float32);
        var saved = name == "AlphaEntmax learned" ? new AlphaEntmax(1.8, learned: true) : CombinationTests.Map(name);
        var loaded = name == "AlphaEntmax learned" ? new AlphaEntmax(1.2, learned: true) : CombinationTests.Map(name);

        AssertSame(folder, saved, loaded, module => ((Distribution)module).call(scores, null).Weights, hasParameters: name == "AlphaEntmax learned");
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void An_estimator_saved_and_loaded_gives_the_same_numbers(string name)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var problem = EstimatorTable.Problems[0];
        var (saved, loaded) = (EstimatorTable.Make(name, problem), EstimatorTable.Make(name, problem));
        new ChoiceProblem(1, 50).Teach(saved, 3);
        var file = Path.Combine(folder.Path, "module.dat");
        saved.save(file);
        loaded.load(file);

        Assert.True(new ChoiceProblem(1, 20).Estimates(saved, 5).Equals(new ChoiceProblem(1, 20).Estimates(loaded, 5)));
    }

    [Theory]
    [MemberData(nameof(Scores))]
    public void A_score_hands_over_its_scores_and_leaves_nothing(string name)
    {
        using var scope = NewDisposeScope();
        using var score = CombinationTests.Scorer(name);
        var (query, keys) = (Draw.Normal(1, [B, 1, D], ScalarType.Float32).requires_grad_(), Draw.Normal(2, [B, N, D], ScalarType.Float32));
        var past = PastTests.PastOf(Draw.Normal(3, [B, 1, N], ScalarType.Float32));
        void Pass()
        {
            var scores = score.call(query, keys, past);
            if (scores.requires_grad) scores.masked_fill(scores.isinf(), 0).sum().backward();
            score.zero_grad();
            query.grad = null;
        }

        Pass();

        Assert.Equal(1, LiveTensors.HandedOverBy(() => score.call(query, keys, past)));
        Assert.Equal(0, LiveTensors.LeftBy(Pass));
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public void A_distribution_hands_over_its_record_and_leaves_nothing(string name)
    {
        using var scope = NewDisposeScope();
        using var distribution = name == "AlphaEntmax learned" ? new AlphaEntmax(1.8, learned: true) : CombinationTests.Map(name);
        var scores = Draw.Normal(1, [B, 2, N], ScalarType.Float32).requires_grad_();
        var mask = tensor([true, true, false, true, true, false, false, false, false, false], [B, N]);
        void Pass()
        {
            var locations = distribution.call(scores, mask);
            (locations.Weights.square().sum() + (locations.Entropy()?.sum() ?? 0)).backward();
            distribution.zero_grad();
            scores.grad = null;
        }

        Pass();
        var record = distribution.call(scores, mask);

        Assert.Equal(LiveTensors.Of(new AttentionResult(zeros(1), record)) - 1, LiveTensors.HandedOverBy(() => distribution.call(scores, mask)));
        Assert.Equal(0, LiveTensors.LeftBy(Pass));
        Assert.Equal(0, LiveTensors.LeftBy(() => new Sampled().Take(record, zeros(B, N, 1), new Generator(1))));
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Weights_are_those_of_double_precision_wherever_the_scores_lie_in_memory(string name)
    {
        using var scope = NewDisposeScope();
        using var distribution = name == "AlphaEntmax learned" ? new AlphaEntmax(1.8, learned: true) : CombinationTests.Map(name);
        var scores = Draw.Normal(1, [N, B, 3]).permute(1, 2, 0);

        var exact = distribution.call(scores.contiguous(), null).Weights;

        Assert.False(scores.is_contiguous());
        Assert.True(distribution.call(scores, null).Weights.allclose(exact, 0, 1e-12));
        var single = distribution.call(scores.to(float32), null).Weights;
        Assert.Equal(float32, single.dtype);
        Assert.True(single.to(float64).allclose(exact, 1e-4, 1e-5));
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public void An_empty_batch_no_step_and_one_location_are_treated_like_any_other(string name)
    {
        using var scope = NewDisposeScope();
        using var distribution = name == "AlphaEntmax learned" ? new AlphaEntmax(1.8, learned: true) : CombinationTests.Map(name);

        foreach (var shape in new long[][] { [0, 2, 3], [2, 0, 3], [2, 1, 1] })
        {
            var locations = distribution.call(Draw.Normal(1, shape), null);
            Assert.Equal(shape, locations.Weights.shape);
            Assert.Equal(shape[..2], locations.Sample(new Generator(1)).Choice.shape[..2]);
            Assert.Equal(shape[..2], locations.Mode().Choice.shape[..2]);
            Assert.Equal(shape, locations.Couple(new Generator(1)).Relaxed(tensor(0.5)).shape);
        }
    }

    private static void AssertSame(TemporaryFolder folder, nn.Module saved, nn.Module loaded, Func<nn.Module, Tensor> call, bool hasParameters)
    {
        var file = Path.Combine(folder.Path, "module.dat");
        if (hasParameters) Assert.False(call(saved).Equals(call(loaded)), "two of the same numbers before, and the test would show nothing");
        saved.save(file);
        loaded.load(file);
        Assert.True(call(saved).Equals(call(loaded)));
        Assert.Equal(hasParameters, saved.parameters().Any());
    }
}
