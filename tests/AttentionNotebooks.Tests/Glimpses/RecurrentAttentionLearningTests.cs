using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>
/// Does RAM learn where to look? A pattern somewhere in an empty image is one of four kinds, and only a close look tells which:
/// from afar the four look alike. Of two glances the first goes to the centre. The control has the same network and throws the second at random.
/// </summary>
public class RecurrentAttentionLearningTests(ITestOutputHelper output)
{
    private const int Side = 20;

    // Over ten seeds RAM is right in 0.85 to 0.99; with seed 0 in 0.98, and the control, which looks anywhere alike, in 0.73. Blind guessing is right in 0.25.
    [Theory]
    [InlineData(0)]
    public void It_looks_where_there_is_something_to_see_and_a_random_policy_does_not(long seed)
    {
        var (learned, random) = (Accuracy(seed, learns: true), Accuracy(seed, learns: false));
        output.WriteLine($"seed {seed}: RAM {learned:F3}, random glances {random:F3}");

        Assert.True(learned > random + 0.15, $"RAM {learned}, random glances {random}");
    }

    internal static double Accuracy(long seed, bool learns)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        var retina = new Retina(6, scales: 2, zoom: 3);
        using GlancePolicy policy = learns ? new LocationPolicy(64, 0.2) : new UniformPolicy();
        using var model = new RecurrentAttention(retina, new GlimpseNetwork(GlimpseNetwork.OfPixels(retina, features: 64), 64, 32, 64), policy, classes: 4, glimpses: 2, hidden: 64, centred: true);
        using var estimator = new Reinforce(new LearnedBaseline(64));
        Initialization.Draw(model, generator);
        Initialization.Draw(estimator, generator);
        new Trainer(new TrainingOptions { Steps = 2000, BatchSize = 64, LearningRate = 3e-3 }).Run(new Learner(model, estimator), generator);
        if (learns) policy.Deterministic = true;
        using var _ = no_grad();
        var (images, labels) = Patterns(2000, generator);
        return model.call(images, generator).Logits.squeeze(1).argmax(1).eq(labels).to(float64).mean().ToDouble();
    }

    // One of four 3×3 patterns of five pixels each, anywhere.
    private static (Tensor Images, Tensor Labels) Patterns(long count, Generator generator)
    {
        var patterns = tensor(new[]
        {
            1f, 0, 1, 0, 1, 0, 1, 0, 1, /**/ 0, 1, 0, 1, 1, 1, 0, 1, 0, /**/ 1, 1, 1, 1, 0, 0, 1, 0, 0, /**/ 0, 0, 1, 0, 0, 1, 1, 1, 1,
        }, [4, 9]);
        var labels = randint(4, [count], generator: generator);
        var (row, column) = (randint(Side - 2, [count, 1], generator: generator), randint(Side - 2, [count, 1], generator: generator));
        var within = tensor(Enumerable.Range(0, 9).Select(i => (long)(i / 3 * Side + i % 3)).ToArray());
        var images = zeros(count, Side * Side).scatter(1, row * Side + column + within, patterns.index_select(0, labels));
        return (images.reshape(count, 1, Side, Side), labels);
    }

    private sealed class Learner(RecurrentAttention model, GradientEstimator estimator) : ILearner
    {
        public IReadOnlyList<nn.Module> Modules => [model, estimator];

        public TrainingStep Step(TrainingMoment moment)
        {
            var (images, labels) = Patterns(moment.BatchSize, moment.Generator);
            Tensor? right = null;
            var loss = estimator.Surrogate(_ =>
            {
                var run = model.call(images, moment.Generator);
                var logits = run.Logits.squeeze(1);
                var wrong = logits.argmax(1).ne(labels);
                right = (1 - wrong.to(float32)).mean().MoveToOuterDisposeScope();
                return run.Cost(nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.None), wrong);
            });
            return new TrainingStep(loss, new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["accuracy"] = right! });
        }
    }
}
