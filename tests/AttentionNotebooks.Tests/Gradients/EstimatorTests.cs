using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Is the mean of every estimator's estimates the exact gradient of what it says it estimates? Which vary less?</summary>
public class EstimatorTests(ITestOutputHelper output)
{
    private const double StandardErrors = 4;
    private const int Taught = 60;

    private static readonly string[] OfExpectedLoss = ["none", "moving average", "learned", "self-critical", "soft critic", "leave-one-out", "three samples", "REBAR", "RELAX", "ARM"];

    public static TheoryData<string, int, bool> Unbiased
    {
        get
        {
            var data = new TheoryData<string, int, bool>();
            foreach (var name in OfExpectedLoss)
            {
                data.Add(name, 1, false);
                data.Add(name, 2, false);
                data.Add(name, 1, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Unbiased))]
    public void The_mean_estimate_is_the_exact_gradient_of_the_expected_loss(string name, int steps, bool gated)
    {
        using var scope = NewDisposeScope();
        using var estimator = Make(name, steps);
        new ChoiceProblem(steps, replications: 500, level: 2) { Gated = gated }.Teach(estimator, Taught);

        var z = new ChoiceProblem(steps, level: 2) { Gated = gated }.WorstZ(estimator, seed: 1);

        Assert.True(z < StandardErrors, $"off by {z} standard errors");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("leave-one-out")]
    [InlineData("self-critical")]
    public void So_it_is_where_one_choice_follows_on_another(string name)
    {
        using var scope = NewDisposeScope();
        using var estimator = Make(name, 2);

        Assert.True(new ChoiceProblem(2, level: 2) { OneByOne = true }.WorstZ(estimator, seed: 1) < StandardErrors);
    }

    [Theory]
    [InlineData("REBAR")]
    [InlineData("RELAX")]
    [InlineData("ARM")]
    public void Estimators_for_choices_side_by_side_refuse_choices_that_follow_on_each_other(string name)
    {
        using var scope = NewDisposeScope();
        using var estimator = Make(name, 2);

        var error = Assert.Throws<InvalidOperationException>(() => new ChoiceProblem(2, replications: 10) { OneByOne = true }.Estimates(estimator, 1));

        Assert.Contains("in one act of attention", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(2, false, false)]
    [InlineData(2, true, false)]
    [InlineData(1, false, true)]
    public void Enumeration_is_exact_in_every_replication(int steps, bool oneByOne, bool gated)
    {
        using var scope = NewDisposeScope();
        var problem = new ChoiceProblem(steps, replications: 3, level: 2) { OneByOne = oneByOne, Gated = gated };

        var expectation = problem.Estimates(new ExactExpectation(), 1);
        var marginal = problem.Estimates(new ExactMarginal(), 1);

        Assert.True(expectation.allclose(problem.ExactGradient().expand_as(expectation), 0, 1e-12));
        Assert.True(marginal.allclose(problem.ExactGradient((log, loss) => -(log - loss).logsumexp(0)).expand_as(marginal), 0, 1e-12));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(2, true)]
    public void Vimco_estimates_the_gradient_of_its_own_bound(int samples, bool gated)
    {
        using var scope = NewDisposeScope();
        var problem = new ChoiceProblem(1) { Gated = gated };

        Assert.True(problem.WorstZ(new Vimco(samples), 1, (log, loss) => ExpectedBound(log, loss, samples)) < StandardErrors);
        Assert.True(problem.WorstZ(new Vimco(samples), 1) > 2 * StandardErrors, "it is not the gradient of the expected loss");
    }

    [Theory]
    [InlineData("straight-through", 1)]
    [InlineData("straight-through", 2)]
    [InlineData("gumbel", 1)]
    [InlineData("gumbel", 2)]
    public void Relaxed_reads_are_biased(string name, int steps)
    {
        using var scope = NewDisposeScope();
        Read read = name == "gumbel" ? new GumbelSoftmax(0.5) : new StraightThrough();

        Assert.True(new ChoiceProblem(steps, level: 2) { Read = read }.WorstZ(new Reinforce(), seed: 1) > 2 * StandardErrors);
    }

    [Fact]
    public void The_variances_are_in_the_order_that_theory_gives()
    {
        using var scope = NewDisposeScope();
        double Variance(string name)
        {
            using var estimator = Make(name, 1);
            new ChoiceProblem(1, replications: 2000, level: 2).Teach(estimator, 300);
            return new ChoiceProblem(1, level: 2).Variance(estimator, seed: 1);
        }

        var variance = OfExpectedLoss.ToDictionary(name => name, Variance, StringComparer.Ordinal);
        foreach (var (name, value) in variance) output.WriteLine($"{name,-16} {value:F4}");

        Assert.True(variance["three samples"] < 0.4 * variance["none"]);
        Assert.True(variance["leave-one-out"] < 0.5 * variance["none"]);
        // At the same number of runs, too.
        Assert.True(variance["leave-one-out"] < variance["three samples"]);
        foreach (var name in new[] { "REBAR", "RELAX", "ARM", "self-critical", "learned", "moving average" })
            Assert.True(variance[name] < variance["none"], $"{name}: {variance[name]}, plain: {variance["none"]}");
        Assert.True(variance["REBAR"] < variance["learned"]);
        Assert.True(variance["RELAX"] < variance["learned"]);
    }

    [Fact]
    public void Posterior_and_prior_get_the_exact_gradient_of_the_evidence_bound()
    {
        using var scope = NewDisposeScope();
        const int Replications = 40_000;
        var (priorScores, posteriorScores) = (Draw.Normal(1, [1, 1, 4]), Draw.Normal(2, [1, 1, 4]));
        var costs = tensor([1.0, 3, -1, 2]);
        Tensor[] Gradients(GradientEstimator estimator, int replications)
        {
            using var generator = new Generator(5);
            using var softmax = new Softmax();
            using var attention = new Attention(new DotScore(), new Softmax(), new Sampled());
            var (p, q) = (priorScores.expand(replications, 1, 4).clone().requires_grad_(), posteriorScores.expand(replications, 1, 4).clone().requires_grad_());
            var identity = eye(4, dtype: float64).expand(replications, 4, 4);
            new Variational(estimator).Surrogate(read =>
            {
                attention.Read = read ?? new Sampled();
                var attended = attention.forward(p, identity, identity, generator: generator, posterior: softmax.call(q, null));
                return new Outcome(attended.Context.squeeze(1).matmul(costs), attended);
            }).backward();
            return [p.grad! * replications, q.grad! * replications];
        }

        var (prior, posterior) = (priorScores.clone().requires_grad_(), posteriorScores.clone().requires_grad_());
        var (log, prob) = (posterior.log_softmax(-1), posterior.softmax(-1));
        (prob * (costs + log - prior.log_softmax(-1))).sum().backward();
        var enumerated = Gradients(new ExactExpectation(), 1);
        var sampled = Gradients(new Reinforce(new LeaveOneOut(), samples: 2), Replications);

        foreach (var (exact, estimates, enumeration) in new[] { (prior.grad!, sampled[0], enumerated[0]), (posterior.grad!, sampled[1], enumerated[1]) })
        {
            Assert.True(enumeration.allclose(exact, 0, 1e-12));
            var error = (estimates.mean([0], keepdim: true) - exact).abs();
            Assert.True(error.le(StandardErrors * estimates.std(0, keepdim: true) / Math.Sqrt(Replications) + 1e-12).all().ToBoolean(), error.ToString(TorchSharp.TensorStringStyle.Numpy));
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("leave-one-out")]
    [InlineData("REBAR")]
    [InlineData("RELAX")]
    [InlineData("ARM")]
    [InlineData("VIMCO")]
    [InlineData("exact")]
    [InlineData("marginal")]
    public void Nothing_is_left_of_a_forward_and_a_backward_pass(string name)
    {
        using var scope = NewDisposeScope();
        using var estimator = Make(name, 2);
        var problem = new ChoiceProblem(2, replications: 10);
        problem.Estimates(estimator, 1);
        Assert.Equal(0, LiveTensors.LeftBy(() => problem.Estimates(estimator, 1)));
    }

    [Theory]
    [InlineData("REBAR")]
    [InlineData("RELAX")]
    [InlineData("ARM")]
    [InlineData("VIMCO")]
    [InlineData("exact")]
    [InlineData("none")]
    public void Where_nothing_is_left_to_chance_or_draws_are_differentiable_backpropagation_is_plain(string name)
    {
        using var scope = NewDisposeScope();
        using var estimator = Make(name, 1);
        var problem = new ChoiceProblem(1, replications: 5) { Read = new Expected() };
        if (name is "none" or "VIMCO")
        {
            var soft = problem.Estimates(estimator, 1);
            Assert.True(soft.allclose(soft[0].expand_as(soft), 0, 1e-12));
        }

        using var hardKuma = new HardKuma();
        using var generator = new Generator(1);
        var scores = Draw.Leaf(1, 3, 1, 4);
        Outcome Run(Read? read)
        {
            var attended = (read ?? new Sampled()).Take(hardKuma.call(scores, null), eye(4, dtype: float64).expand(3, 4, 4), generator);
            return new Outcome(attended.Context.square().sum([1, 2]), attended);
        }

        if (name == "exact")
        {
            Assert.Contains("not discrete", Assert.Throws<InvalidOperationException>(() => estimator.Surrogate(Run)).Message, StringComparison.Ordinal);
            return;
        }

        estimator.Surrogate(Run).backward();
        Assert.NotEqual(0, scores.grad!.abs().sum().ToDouble());
        Assert.True(scores.grad!.isfinite().all().ToBoolean());
    }

    [Fact]
    public void Settings_out_of_their_range_are_errors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Reinforce(samples: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Vimco(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rebar(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Relax(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Relax(4, temperature: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExactMarginal(0));
        Assert.Throws<ArgumentNullException>(() => new Variational(null!));
        var error = Assert.Throws<InvalidOperationException>(() => new ChoiceProblem(1, replications: 2).Estimates(new Reinforce(new LeaveOneOut()), 1));
        Assert.Contains("at least 2 samples", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<InvalidOperationException>(() => new ChoiceProblem(2, replications: 2).Estimates(new ExactExpectation(15), 1));
        Assert.StartsWith("There are 16 choices to enumerate, and 15 runs are allowed", error.Message, StringComparison.Ordinal);
    }

    internal static GradientEstimator Make(string name, int steps)
    {
        GradientEstimator estimator = name switch
        {
            "none" => new Reinforce(),
            "moving average" => new Reinforce(new MovingAverage()),
            "learned" => new Reinforce(Draw.Weights(new LearnedBaseline(3, 16), 3)),
            "self-critical" => new Reinforce(new SelfCritical()),
            "soft critic" => new Reinforce(new SelfCritical(new Expected())),
            "leave-one-out" => new Reinforce(new LeaveOneOut(), samples: 3),
            "three samples" => new Reinforce(samples: 3),
            "REBAR" => new Rebar(),
            "RELAX" => new Relax(steps * ChoiceProblem.N + 3),
            "ARM" => new Arm(),
            "VIMCO" => new Vimco(3),
            "exact" => new ExactExpectation(),
            "marginal" => new ExactMarginal(),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such estimator."),
        };
        return name is "RELAX" ? Draw.Weights(estimator, 4) : estimator.to(float64);
    }

    // E[−log (1/K Σ exp(−ℓ_k))] over all K-tuples of choices.
    private static Tensor ExpectedBound(Tensor log, Tensor loss, int samples)
    {
        var (joint, sum) = (zeros(1, dtype: float64), zeros(1, dtype: float64));
        for (var k = 0; k < samples; k++)
        {
            joint = (joint.unsqueeze(-1) + log).flatten();
            sum = (sum.unsqueeze(-1) + (-loss).exp()).flatten();
        }

        return (joint.exp() * (Math.Log(samples) - sum.log())).sum();
    }
}
