namespace AttentionNotebooks;

/// <summary>A captioner with its estimator and its way through the training scenes.</summary>
public sealed class CaptionModel : ITaskModel, IPriced
{
    // λ: weak, since a scene has far more places than a caption has words, and most of them are empty ground.
    private static readonly DoublyStochasticPenalty Penalty = new(0.01);

    private readonly CaptioningTask task;
    private readonly GradientEstimator estimator;
    private readonly Minibatches minibatches;
    private readonly Mechanism mechanism;

    /// <summary>Makes a model with weights drawn from the generator.</summary>
    /// <param name="task">The task whose data it learns from and is tested on.</param>
    /// <param name="mechanism">How it looks.</param>
    /// <param name="generator">Where the weights come from.</param>
    /// <param name="blind">Whether it sees empty pictures instead: what it can still say is what captions tell about each other.</param>
    internal CaptionModel(CaptioningTask task, Mechanism mechanism, Generator generator, bool blind = false)
    {
        (this.task, this.mechanism) = (task, mechanism);
        var attention = mechanism.Over(() => new AdditiveScore(Captioner.QueryFeatures, Captioner.KeyFeatures, Captioner.KeyFeatures));
        Captioner = new Captioner(attention, task.Vocabulary.Count, task.Data.Train.Side, generator, blind);
        estimator = mechanism.Estimator(Captioner.QueryFeatures);
        Initialization.Draw(estimator, generator);
        minibatches = new Minibatches(task.Data.Train.Count);
    }

    /// <summary>The captioner.</summary>
    public Captioner Captioner { get; }

    /// <inheritdoc/>
    public IReadOnlyList<torch.nn.Module> Modules => [Captioner, estimator, minibatches];

    /// <inheritdoc/>
    public TrainingStep Step(TrainingMoment moment)
    {
        mechanism.Anneal?.Invoke(Captioner.Attention.Read, moment.Progress);
        var scenes = minibatches.Next(moment.BatchSize, moment.Generator);
        // Whenever a scene comes, another of its captions may.
        var batch = task.Training.Take(scenes, RandomNumbers.Below(task.Training.CaptionsPerScene, [moment.BatchSize], scenes.device, moment.Generator)).To(Captioner.Device());
        // However often the estimator runs it, pictures are seen once: what is drawn comes after.
        var seen = Captioner.See(batch.Pictures);
        return TrainingStep.Of(
            estimator,
            read => Captioner.Attention.ReadAs(read, () => Captioner.Follow(seen, batch.Captions, moment.Generator)),
            captioning => captioning.Outcome(batch.Captions, Penalty),
            captioning => new Dictionary<string, Tensor>(StringComparer.Ordinal)
            {
                ["loss"] = captioning.Losses(batch.Captions).sum([1]).mean(),
                ["pointing"] = CaptionTest.PointsAt(captioning, batch, Captioner.Places).mean(),
            });
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Validate()
    {
        using var generator = new Generator(0, torch.CPU);
        return new Dictionary<string, double>(StringComparer.Ordinal) { ["validation exact match"] = Tested(() => task.Validation.ExactMatch(task.Validation.Captions(Captioner, 1, generator))) };
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Test(Read? mode, Generator generator) => Captioner.Attention.ReadAs(mode, () => Tested(() => task.Measure(Captioner, generator)));

    /// <summary>What it says of a scene, and where it looks meanwhile.</summary>
    /// <param name="scenes">The scenes.</param>
    /// <param name="scene">Which, from 0.</param>
    /// <param name="search">How the words are found; null for the likeliest at every step.</param>
    /// <param name="mode">The read; null for the one it was trained with.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public CaptionLooks Say(SceneSet scenes, int scene, BeamSearch? search = null, Read? mode = null, Generator? generator = null) => Seen(scenes, scene, mode, batch =>
    {
        var said = Captioner.Say(batch.Pictures, search ?? BeamSearch.Greedy(task.Training.Longest), generator);
        return Looks(task.Vocabulary.Decode(said.ToNumbers()[0]), said.Attended!);
    });

    /// <summary>What it says of every scene, the likeliest word at every step.</summary>
    /// <param name="scenes">The scenes.</param>
    /// <param name="mode">The read; null for the one it was trained with.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public IReadOnlyList<IReadOnlyList<string>> SayAll(SceneSet scenes, Read? mode = null, Generator? generator = null)
    {
        using var all = new CaptionTest(scenes, task.Vocabulary);
        return Captioner.Attention.ReadAs(mode, () => Tested(() => all.Captions(Captioner, 1, generator)));
    }

    /// <summary>Where it looks when it is given the first caption of a scene, before it says each word.</summary>
    /// <param name="scenes">The scenes.</param>
    /// <param name="scene">Which, from 0.</param>
    /// <param name="mode">The read; null for the one it was trained with.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public CaptionLooks Follow(SceneSet scenes, int scene, Read? mode = null, Generator? generator = null) => Seen(scenes, scene, mode, batch =>
        Looks(scenes.Scenes[scene].Captions[0].Words, Captioner.call(batch.Pictures, batch.Captions, generator).LookedAt()));

    double IPriced.MegaFlops(Read? mode, Generator generator) => FlopCounter.MegaFlopsOf(Captioner, () => Tested(() =>
    {
        var batch = task.Training.Slice(0, IPriced.Examples).To(Captioner.Device());
        return Captioner.Attention.ReadAs(mode, () => Captioner.call(batch.Pictures, batch.Captions, generator));
    })) / IPriced.Examples;

    /// <inheritdoc/>
    public void Dispose()
    {
        Captioner.Dispose();
        estimator.Dispose();
        minibatches.Dispose();
    }

    /// <summary>One scene with its first caption, as it is at a test.</summary>
    /// <param name="scenes">The scenes.</param>
    /// <param name="scene">Which, from 0.</param>
    /// <param name="look">What is done with it; the batch is of the current scope.</param>
    internal T OfOne<T>(SceneSet scenes, int scene, Func<CaptionBatch, T> look)
    {
        ArgumentNullException.ThrowIfNull(scenes);
        using var one = new CaptionedScenes(scenes.Only(scene), task.Vocabulary);
        return Tested(() => look(one.Slice(0, 1).To(Captioner.Device())));
    }

    private CaptionLooks Seen(SceneSet scenes, int scene, Read? mode, Func<CaptionBatch, CaptionLooks> look)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        return Captioner.Attention.ReadAs(mode, () => OfOne(scenes, scene, look));
    }

    // Of one caption: [1, T, N] with a step for the end, and perhaps more.
    private static CaptionLooks Looks(IReadOnlyList<string> words, Tensor looks)
    {
        var weights = new float[words.Count, looks.shape[2]];
        Buffer.BlockCopy(looks.cpu().contiguous().data<float>().ToArray(), 0, weights, 0, weights.Length * sizeof(float));
        return new CaptionLooks(words, weights);
    }

    // With the normalisation of all of training; as it was, afterwards.
    private T Tested<T>(Func<T> test)
    {
        var training = Captioner.training;
        Captioner.eval();
        try
        {
            return test();
        }
        finally
        {
            Captioner.train(training);
        }
    }
}
