using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Is the mean of every estimator's estimates the exact gradient of what it says it estimates? Which vary less?</summary>
public class EstimatorTests
{
    private const double StandardErrors = 4;

    public static TheoryData<string, string> Cells
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var name in EstimatorTable.Estimators)
                foreach (var problem in EstimatorTable.Problems) data.Add(name, problem);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_mean_estimate_is_the_exact_gradient_of_the_expected_loss_or_shown_to_be_biased(string name, string problem)
    {
        var z = EstimatorTable.Of(name, problem).Z;

        if (EstimatorTable.IsUnbiased(name)) Assert.True(z < StandardErrors, $"off by {z} standard errors");
        else Assert.True(z > 2 * StandardErrors, $"off by {z} standard errors only");
    }

    [Theory]
    [InlineData("one of four")]
    [InlineData("one of four, twice")]
    [InlineData("four gates")]
    public void The_variances_are_in_the_order_that_theory_gives(string problem)
    {
        double Variance(string name) => EstimatorTable.Of(name, problem).Variance;

        Assert.True(Variance("exact") < 1e-20);
        Assert.True(Variance("leave-one-out") < Variance("three samples"), "of as many runs");
        Assert.True(Variance("three samples") < 0.4 * Variance("none"));
        foreach (var name in new[] { "moving average", "learned", "soft critic", "leave-one-out", "REBAR", "RELAX", "ARM" })
            Assert.True(Variance(name) < Variance("none"), $"{name}: {Variance(name)}, plain: {Variance("none")}");
        Assert.True(Variance("REBAR") < Variance("learned"), $"{Variance("REBAR")}, a learned baseline {Variance("learned")}");
        Assert.True(Variance("RELAX") < Variance("learned"), $"{Variance("RELAX")}, a learned baseline {Variance("learned")}");
    }

    [Fact]
    public void The_page_of_the_estimators_is_what_is_measured()
    {
        var text = EstimatorTable.Page();
        if (Environment.GetEnvironmentVariable("ATTENTION_WRITE_TABLES") == "1") File.WriteAllText(PageFile(), text);

        // What is learned may differ a little between processors: figures by a fifth, everything else not at all.
        static (string Words, double[] Figures) Take(string page) => (
            Regex.Replace(page, @"\d+\.\d+", "#"),
            [.. Regex.Matches(page, @"(?<=\| )\d+\.\d{3}(?= \|)").Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture))]);
        var (written, measured) = (Take(File.ReadAllText(PageFile())), Take(text));
        Assert.Equal(written.Words, measured.Words);
        Assert.All(written.Figures.Zip(measured.Figures), pair => Assert.InRange(pair.Second, 0.8 * pair.First - 0.002, 1.2 * pair.First + 0.002));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("leave-one-out")]
    [InlineData("self-critical")]
    public void So_it_is_where_one_choice_follows_on_another(string name)
    {
        using var scope = NewDisposeScope();
        using var estimator = EstimatorTable.Make(name, EstimatorTable.Problems[1]);

        Assert.True(new ChoiceProblem(2, level: 2) { OneByOne = true }.WorstZ(estimator, seed: 1) < StandardErrors);
    }

    [Theory]
    [InlineData("REBAR")]
    [InlineData("RELAX")]
    [InlineData("ARM")]
    public void Estimators_for_choices_side_by_side_refuse_choices_that_follow_on_each_other(string name)
    {
        using var scope = NewDisposeScope();
        using var estimator = EstimatorTable.Make(name, EstimatorTable.Problems[1]);

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
        using var estimator = EstimatorTable.Make(name, EstimatorTable.Problems[1]);
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
        using var estimator = EstimatorTable.Make(name, EstimatorTable.Problems[0]);
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

    private static string PageFile([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../lib/AttentionNotebooks/Gradients/ESTIMATORS.md"));
}
