using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class LocationPolicyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Its_score_function_estimates_the_gradient_of_an_expected_cost_without_bias(bool learned)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        const int Draws = 40_000;
        var policy = new LocationPolicy(3, 0.1, learned).to(float64);
        using (no_grad())
        {
            policy.state_dict()["mean.weight"].copy_(Draw.Normal(2, [2, 3]) * 0.2);
            policy.state_dict()["mean.bias"].zero_();
        }

        var (mean, bias, logDeviation) = (policy.state_dict()["mean.weight"], policy.state_dict()["mean.bias"], learned ? policy.state_dict()["logDeviation"] : full([1], Math.Log(0.1), float64));
        var state = Draw.Normal(3, [1, 3]);
        var target = tensor([0.1, -0.3]);

        // E |l − a|² = |μ − a|² + 2 σ²
        var (w, s) = (mean.detach().clone().requires_grad_(), logDeviation.detach().clone().requires_grad_());
        ((nn.functional.linear(state, w, bias.detach()).tanh() - target).square().sum() + 2 * (2 * s).exp().sum()).backward();

        // Every draw has a state of its own, to have a gradient of its own: ∂/∂W = ∂/∂(W h) hᵀ.
        var states = state.expand(Draws, 3).clone();
        var fixation = policy.call(states, generator);
        var before = fixation.LogProbability!;
        // The location is cut to the image; the cost is of the draw itself, which here lies within.
        Assert.True(fixation.Location.abs().max().ToDouble() < 1);
        var cost = (fixation.Location - target).square().sum(-1) - 0.5;
        (cost * before).sum().backward();
        var estimate = policy.parameters().First(parameter => parameter.shape.Length == 2).grad! / Draws;

        // The spread of one estimate, from the formula of the gradient at the mean.
        var centre = nn.functional.linear(state, mean, bias).tanh().detach();
        var each = cost.detach().unsqueeze(-1) * (fixation.Location - centre) / Math.Pow(logDeviation.detach().exp().ToDouble(), 2) * (1 - centre.square());
        var error = (estimate - w.grad!).abs();
        var allowed = 4 * each.std(0).unsqueeze(-1) / Math.Sqrt(Draws) * state.abs();
        Assert.True((error <= allowed).all().ToBoolean(), $"{error.ToString(TorchSharp.TensorStringStyle.Numpy)} {allowed.ToString(TorchSharp.TensorStringStyle.Numpy)}");
        if (!learned) return;
        var ofDeviation = cost.detach() * (((fixation.Location - centre) / logDeviation.exp()).square() - 1).sum(-1).detach();
        var slope = policy.parameters().First(parameter => parameter.shape is [1]).grad! / Draws;
        var (off, spread) = (Math.Abs(slope.ToDouble() - s.grad!.ToDouble()), ofDeviation.std().ToDouble() / Math.Sqrt(Draws));
        Assert.True(off <= 4 * spread, $"off by {off}, standard error {spread}, fixation {fixation.Location.abs().max().ToDouble()}");
    }

    [Fact]
    public void The_log_probability_is_that_of_the_draw_before_it_is_cut_to_the_image()
    {
        using var scope = NewDisposeScope();
        var policy = Draw.Weights(new LocationPolicy(3, 2.0), 2);
        var states = Draw.Normal(3, [500, 3]);

        using var generator = new Generator(1);
        var fixation = policy.call(states, generator);

        using var same = new Generator(1);
        var centre = nn.functional.linear(states, policy.state_dict()["mean.weight"], policy.state_dict()["mean.bias"]).tanh();
        var noise = randn([500, 2], dtype: float64, generator: same);
        Assert.True(fixation.Location.allclose((centre + 2 * noise).clamp(-1, 1), 0, 1e-12));
        Assert.True(fixation.Location.abs().eq(1).any().ToBoolean());
        Assert.True(fixation.LogProbability!.allclose((noise.square() / -2 - Math.Log(2) - Math.Log(2 * Math.PI) / 2).sum(-1), 0, 1e-10));
        Assert.Equal(Math.Log(2 * Math.PI * Math.E * 4), fixation.Entropy![0].ToDouble(), 10);
        Assert.False(fixation.Location.requires_grad);
    }

    [Fact]
    public void A_deterministic_policy_looks_at_the_mean_and_needs_no_generator()
    {
        using var scope = NewDisposeScope();
        using var policy = new LocationPolicy(3) { Deterministic = true };

        var fixation = policy.call(Draw.Normal(3, [5, 3], ScalarType.Float32), null);

        Assert.Null(fixation.LogProbability);
        Assert.Null(fixation.Entropy);
        Assert.False(fixation.Location.requires_grad);
        policy.Deterministic = false;
        Assert.Equal("generator", Assert.Throws<ArgumentNullException>(() => policy.call(zeros(5, 3), null)).ParamName);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Log_probability_and_entropy_have_the_gradients_of_central_differences(bool learned)
    {
        using var scope = NewDisposeScope();
        var policy = Draw.Weights(new LocationPolicy(3, 0.5, learned), 2);
        var states = Draw.Leaf(3, 4, 3);
        // The draw must stay where it is while the mean moves: the noise is compensated.
        var draw = Draw.Normal(5, [4, 2]) * 0.3;
        Tensor LogProbability()
        {
            var centre = nn.functional.linear(states, policy.state_dict()["mean.weight"], policy.state_dict()["mean.bias"]).tanh();
            var logSigma = learned ? policy.state_dict()["logDeviation"] : full([1], Math.Log(0.5), float64);
            return (((draw - centre) / logSigma.exp()).square() / -2 - logSigma).sum(-1);
        }

        var result = GradCheck.Run(LogProbability, [states, .. policy.parameters()]);

        Assert.True(result.Within(1e-7), result.ToString());
        Assert.Equal(learned, policy.call(states, new Generator(1)).Entropy!.requires_grad);
    }

    [Fact]
    public void Numbers_out_of_their_range_are_errors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LocationPolicy(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LocationPolicy(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LocationPolicy(3, double.NaN));
    }
}
