namespace AttentionNotebooks;

/// <summary>A model that looks at parts of an image, one after the other, and decides by what it saw where to look next (Mnih et al. 2014, §3).</summary>
/// <remarks>Members differ in how they remember, and in how they begin; the loop is here.</remarks>
public abstract class GlimpseModel : torch.nn.Module<Tensor, Generator?, GlimpseRun>
{
    private readonly Retina retina;
    private readonly GlimpseNetwork see;
    private readonly GlancePolicy policy;
    private readonly Linear classify;
    private readonly int objects;
    private readonly int glimpses;

    /// <summary>Takes the parts.</summary>
    /// <param name="name">The class.</param>
    /// <param name="retina">What a glimpse shows.</param>
    /// <param name="see">What is made of it.</param>
    /// <param name="policy">Where to look next, by the state.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="stateFeatures">H, the features that classes are told by.</param>
    /// <param name="objects">O ≥ 1, how many objects there are to tell.</param>
    /// <param name="glimpses">How many glimpses each takes, at least 1.</param>
    private protected GlimpseModel(string name, Retina retina, GlimpseNetwork see, GlancePolicy policy, long classes, long stateFeatures, int objects, int glimpses) : base(name)
    {
        ArgumentNullException.ThrowIfNull(retina);
        ArgumentNullException.ThrowIfNull(see);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(objects, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(glimpses, 1);
        (this.retina, this.see, this.policy, this.objects, this.glimpses) = (retina, see, policy, objects, glimpses);
        classify = torch.nn.Linear(stateFeatures, classes);
    }

    /// <summary>What a glimpse shows.</summary>
    public Retina Retina => retina;

    /// <summary>Where to look next; set <see cref="GlancePolicy.Deterministic"/> to evaluate without chance.</summary>
    public GlancePolicy Policy => policy;

    /// <summary>T, how many glimpses an image takes.</summary>
    public int Glimpses => objects * glimpses;

    /// <summary>Looks, and tells what it saw.</summary>
    /// <param name="images">[B, C, H, W].</param>
    /// <param name="generator">Where randomness comes from; null only where nothing is left to chance.</param>
    public override GlimpseRun forward(Tensor images, Generator? generator)
    {
        Shape.Require(images, nameof(images), "B", "C", "H", "W");
        using var scope = torch.NewDisposeScope();
        var seen = retina.Project(images);
        var state = Begin(images);
        var glances = new List<Glance> { First(images, state, generator) };
        var (states, logits) = (new List<Tensor>(), new List<Tensor>());
        var known = Known(state);
        for (var step = 1; step <= Glimpses; step++)
        {
            var location = glances[^1].Location;
            state = Remember(state, see.call(seen.At(location), location));
            states.Add(Told(state));
            known ??= states[0].detach();
            if (step % glimpses == 0) logits.Add(classify.call(Told(state)));
            if (step < Glimpses) glances.Add(policy.Draw(Decided(state), generator));
        }

        // How likely all were is told at once.
        var drawn = glances.Where(glance => glance.Centre is not null).ToArray();
        var centres = drawn.Length == 0 ? null : torch.stack(drawn.Select(glance => glance.Centre!), 1);
        return new GlimpseRun(torch.stack(logits, 1), torch.stack(glances.Select(glance => glance.Location), 1), torch.stack(states, 1))
        {
            LogProbability = centres is null ? null : policy.LogProbability(centres, torch.stack(drawn.Select(glance => glance.Point!), 1)),
            Entropy = centres is null ? null : policy.Entropy(centres),
            Features = known?.alias(),
        }.MoveToOuterDisposeScope();
    }

    /// <summary>What it would have told after each glimpse, of the object that the glimpse was for. Unless it is trained by this, it has learned to tell after an object's last glimpse alone.</summary>
    /// <param name="run">What it saw.</param>
    /// <returns>[B, T, classes], before the softmax; the caller's.</returns>
    public Tensor AfterEach(GlimpseRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return classify.call(run.States);
    }

    /// <summary>Does something with the policy at its mean; as it was, afterwards.</summary>
    internal T AtMean<T>(Func<T> look)
    {
        var before = policy.Deterministic;
        policy.Deterministic = true;
        try
        {
            return look();
        }
        finally
        {
            policy.Deterministic = before;
        }
    }

    /// <summary>What is remembered before the first glimpse.</summary>
    private protected abstract Tensor[] Begin(Tensor images);

    /// <summary>Where the first glimpse goes.</summary>
    private protected abstract Glance First(Tensor images, Tensor[] state, Generator? generator);

    /// <summary>What was known before the first location was drawn, [B, F], detached; null where that is the state after the first glimpse.</summary>
    private protected abstract Tensor? Known(Tensor[] state);

    /// <summary>What is remembered after a glimpse, g [B, features].</summary>
    private protected abstract Tensor[] Remember(Tensor[] state, Tensor glimpse);

    /// <summary>What classes are told by, [B, H].</summary>
    private protected abstract Tensor Told(Tensor[] state);

    /// <summary>What the next location is decided by, [B, H].</summary>
    private protected abstract Tensor Decided(Tensor[] state);
}
