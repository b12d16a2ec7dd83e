namespace AttentionNotebooks;

/// <summary>
/// How noisy the gradient of looking is: estimates of it for one scene and one caption, at the scene's keys. Keys are there to be scored and for nothing else,
/// so what reaches them says where to look, and no more. R copies of the scene in one run are R independent estimates.
/// </summary>
public sealed class LookGradients : IDisposable
{
    private const int Copies = 128;

    // A look has no cost of its own here: what is measured comes through the words.
    private static readonly DoublyStochasticPenalty NoPenalty = new(0);

    private readonly Captioner captioner;
    private readonly Captioner.Seen seen;
    private readonly Tensor caption; // [1, T]

    /// <summary>Takes a scene as a captioner sees it at a test; the captioner stays as it is.</summary>
    /// <param name="model">The captioner.</param>
    /// <param name="scenes">The scenes.</param>
    /// <param name="scene">Which, from 0; its first caption is given.</param>
    public LookGradients(CaptionModel model, SceneSet scenes, int scene)
    {
        ArgumentNullException.ThrowIfNull(model);
        captioner = model.Captioner;
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        (seen, caption) = model.OfOne(scenes, scene, batch => (captioner.See(batch.Pictures).Map(part => part.DetachFromDisposeScope()), batch.Captions.DetachFromDisposeScope()));
    }

    /// <summary>Estimates the gradient many times.</summary>
    /// <param name="mechanism">The read and the estimator; an estimator that learns has learned nothing. Score and distribution are the captioner's.</param>
    /// <param name="count">How many estimates.</param>
    /// <param name="generator">Where the randomness comes from.</param>
    /// <param name="toGo">Whether a look is judged by its own word and those that follow, or by all words alike.</param>
    /// <returns>The statistics, the caller's.</returns>
    public GradientStatistics Measure(Mechanism mechanism, int count, Generator generator, bool toGo = true)
    {
        ArgumentNullException.ThrowIfNull(mechanism);
        ArgumentNullException.ThrowIfNull(generator);
        using var estimator = mechanism.Estimator(Captioner.QueryFeatures);
        var (read, statistics) = (mechanism.Read(), new GradientStatistics());
        // The first run is for those that compare with earlier ones.
        Estimate(estimator, read, Copies, generator, toGo).Dispose();
        while (statistics.Count < count)
        {
            using var estimates = Estimate(estimator, read, (int)Math.Min(Copies, count - statistics.Count), generator, toGo);
            statistics.Add(estimates);
        }

        return statistics;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[seen.Values, seen.Keys, seen.Overview, caption]) tensor.Dispose();
    }

    private Tensor Estimate(GradientEstimator estimator, Read own, int copies, Generator generator, bool toGo)
    {
        using var scope = torch.NewDisposeScope();
        Tensor Copied(Tensor part) => part.expand([copies, .. part.shape[1..]]);
        var (keys, captions) = (Copied(seen.Keys).clone().requires_grad_(), Copied(caption));
        var copied = seen.Map(Copied) with { Keys = keys };
        var surrogate = estimator.Surrogate(read => captioner.Attention.ReadAs(read ?? own, () =>
        {
            var outcome = captioner.Follow(copied, captions, generator).Outcome(captions, NoPenalty);
            // What followed the first look is all there was.
            return toGo ? outcome : outcome with { Costs = outcome.Costs!.narrow(1, 0, 1).expand_as(outcome.Costs) };
        }));
        // The surrogate is a mean over the copies: each one's share is its own estimate, divided by how many there are.
        return (torch.autograd.grad([surrogate], [keys])[0] * copies).MoveToOuterDisposeScope();
    }
}
