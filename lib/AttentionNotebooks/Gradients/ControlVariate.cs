namespace AttentionNotebooks;

/// <summary>
/// REINFORCE with a control variate that depends on the choice, through relaxed draws from the same noise (Tucker et al. 2017, eq. 5–7; Grathwohl et al. 2018, eq. 8):
/// ∇ E[ℓ] = E[∇ℓ(z) + (ℓ(z) − c(w̃)) ∇ log p(z) + ∇ c(w) − ∇ c(w̃)], w the relaxed draw whose hard limit is z, w̃ another one with the same limit.
/// </summary>
/// <remarks>
/// Unbiased for any c; members differ in c. What is learned of c, the temperature too, is learned to make the variance of the gradient at the logits small.
/// For choices made side by side, in one act of attention (T steps of one call); others are refused.
/// </remarks>
public abstract class ControlVariate : GradientEstimator
{
    private readonly Parameter logTemperature;

    /// <summary>Names the estimator after its class.</summary>
    /// <param name="name">The class.</param>
    /// <param name="temperature">τ &gt; 0 of the relaxed draws, to begin with.</param>
    private protected ControlVariate(string name, double temperature) : base(name)
    {
        if (!(temperature > 0) || double.IsInfinity(temperature)) throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "The temperature τ is a positive number.");
        logTemperature = torch.nn.Parameter(torch.tensor((float)Math.Log(temperature)));
    }

    /// <summary>c, what a relaxed draw is expected to cost each example.</summary>
    /// <param name="relaxed">w [B, T, N].</param>
    /// <param name="features">[B, F], what is known before the choice; null if nothing is.</param>
    /// <param name="run">Runs the model with another read.</param>
    /// <returns>[B].</returns>
    private protected abstract Tensor Control(Tensor relaxed, Tensor? features, Func<Read?, Outcome> run);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The model attends more than once in a run.</exception>
    public sealed override Tensor Surrogate(Func<Read?, Outcome> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var scope = torch.NewDisposeScope();
        var read = new Coupled(scope);
        var outcome = run(read);
        if (!read.Trains) return outcome.Losses.mean().MoveToOuterDisposeScope();

        var temperature = logTemperature.exp().to(outcome.Losses.dtype);
        var given = Control(read.Coupling!.Conditional(temperature), outcome.Features, run);
        var free = Control(read.Coupling.Relaxed(temperature), outcome.Features, run);
        Shape.Require(given, "control", outcome.Losses.shape[0]);
        var gradients = Estimate(read.Locations!.Logits, outcome.Judged() - given, outcome.JointLogProbability()!, free - given);
        var batch = Math.Max(1, outcome.Losses.shape[0]);
        var total = outcome.Losses.mean() + read.Inject(gradients.Select(gradient => gradient.detach())) / batch + LearnControl(gradients) / batch;
        return total.MoveToOuterDisposeScope();
    }

    // (ℓ − c(w̃)) ∇ log p + ∇ (c(w) − c(w̃)) at the logits   Grathwohl 2018, eq. 8
    private static List<Tensor> Estimate(IReadOnlyList<Tensor> logits, Tensor advantage, Tensor logProbability, Tensor relaxed)
    {
        var score = torch.autograd.grad([logProbability.sum()], [.. logits], retain_graph: true);
        var path = torch.autograd.grad([relaxed.sum()], [.. logits], retain_graph: true, create_graph: true);
        return [.. score.Zip(path, (byScore, byPath) => advantage.reshape(-1, 1, 1) * byScore + byPath)];
    }

    // E[g²] is the variance but for a constant, as E[g] does not depend on c   Grathwohl 2018, §3.2. A scalar of value 0 with that gradient.
    private Tensor LearnControl(List<Tensor> gradients)
    {
        var learned = parameters().ToArray();
        var square = gradients.Select(gradient => gradient.square().sum()).Aggregate((sum, next) => sum + next);
        var slopes = torch.autograd.grad([square], [.. learned], retain_graph: true, allow_unused: true);
        var total = torch.zeros([], square.dtype, square.device);
        for (var i = 0; i < learned.Length; i++)
        {
            if (slopes[i] is Tensor slope && !slope.IsInvalid) total = total + (slope.detach() * (learned[i] - learned[i].detach())).sum();
        }

        return total;
    }

    private sealed class Coupled(DisposeScope owner) : OneAct(owner)
    {
        public Coupling? Coupling { get; private set; }

        private protected override Tensor Choose(Locations locations, Generator generator)
        {
            Coupling = locations.Couple(generator);
            foreach (var tensor in Coupling.Held) Keep(tensor);
            return Coupling.Choice;
        }
    }
}
