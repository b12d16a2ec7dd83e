using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>A task as small as one can be: which of four values is marked? Every mechanism fits, and a model without attention.</summary>
internal sealed class SmallTask() : AttentionTask("find the marked one", "drawn marks", new Metric("accuracy"), new Metric("loss", Higher: false, Share: false))
{
    private const int TestExamples = 500;

    public static readonly TrainingOptions Options = new() { Steps = 150, BatchSize = 32, LearningRate = 0.03 };

    public override long TestCount => TestExamples;

    public override IReadOnlyList<Contender> Contenders =>
    [
        .. Mechanisms.All.Select(mechanism => Contender.Of(mechanism, Options, (of, generator) => new Model(of, generator))),
        new("no attention", Role.Control, Options, generator => new Model(Mechanisms.Average, generator)),
    ];

    /// <summary>Keys tell which of four locations is marked, values which of three classes each is; the class of the marked one is asked for.</summary>
    private sealed class Model : nn.Module, ITaskModel
    {
        private readonly Attention attention;
        private readonly GradientEstimator estimator;
        private readonly TorchSharp.Modules.Linear classify = nn.Linear(3, 3);

        public Model(Mechanism mechanism, Generator generator) : base(nameof(Model))
        {
            attention = mechanism.Over(() => new GeneralScore(1, 2));
            estimator = mechanism.Estimator(4);
            RegisterComponents();
            Initialization.Draw(this, generator);
        }

        public IReadOnlyList<nn.Module> Modules => [this];

        public TrainingStep Step(TrainingMoment moment)
        {
            var batch = Draw(moment.BatchSize, moment.Generator);
            Tensor? mean = null;
            var loss = estimator.Surrogate(read =>
            {
                var (losses, attended, _) = attention.ReadAs(read, () => Run(batch, moment.Generator));
                mean ??= losses.mean().detach().MoveToOuterDisposeScope();
                return new Outcome(losses, attended) { Features = batch.Keys.select(2, 0) };
            });
            return new TrainingStep(loss, new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["loss"] = mean! });
        }

        public IReadOnlyDictionary<string, double> Test(Read? mode, Generator generator)
        {
            var (losses, _, right) = attention.ReadAs(mode, () => Run(Draw(TestExamples, generator), generator));
            return new Dictionary<string, double>(StringComparer.Ordinal) { ["accuracy"] = right.ToDouble(), ["loss"] = losses.mean().ToDouble() };
        }

        private (Tensor Losses, AttentionResult Attended, Tensor Right) Run((Tensor Keys, Tensor Values, Tensor Labels) batch, Generator generator)
        {
            var query = ones(batch.Keys.shape[0], 1, 1);
            var attended = attention.forward(query, batch.Keys, batch.Values, generator: generator);
            var logits = classify.call(attended.Context.squeeze(1));
            return (nn.functional.cross_entropy(logits, batch.Labels, reduction: nn.Reduction.None), attended, logits.argmax(1).eq(batch.Labels).to(float64).mean());
        }

        private static (Tensor Keys, Tensor Values, Tensor Labels) Draw(int count, Generator generator)
        {
            var (marked, classes) = (randint(4, [count], generator: generator), randint(3, [count, 4], generator: generator));
            var mark = nn.functional.one_hot(marked, 4).to(float32);
            var values = nn.functional.one_hot(classes, 3).to(float32);
            return (stack([mark, 1 - mark], 2), values, classes.gather(1, marked.unsqueeze(1)).squeeze(1));
        }
    }
}
