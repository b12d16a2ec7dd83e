namespace AttentionNotebooks;

/// <summary>Where to look next: learned (<see cref="LocationPolicy"/>), or one of the controls that learn nothing (<see cref="UniformPolicy"/>, <see cref="CentrePolicy"/>).</summary>
public abstract class GlancePolicy : torch.nn.Module<Tensor, Generator?, Fixation>
{
    /// <summary>Names the policy after its class.</summary>
    private protected GlancePolicy(string name) : base(name)
    {
    }

    /// <summary>Whether it looks at the mean of its distribution, and leaves nothing to chance; for evaluation. A control is what it is.</summary>
    public bool Deterministic { get; set; }

    /// <summary>Decides where to look.</summary>
    /// <param name="state">h [B, H].</param>
    /// <param name="generator">Where the randomness comes from; a deterministic policy does without.</param>
    public sealed override Fixation forward(Tensor state, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        var glance = Draw(state, generator);
        if (glance.Centre is null) return new Fixation(glance.Location.MoveToOuterDisposeScope());
        return new Fixation(glance.Location.MoveToOuterDisposeScope())
        {
            LogProbability = LogProbability(glance.Centre, glance.Point!).MoveToOuterDisposeScope(),
            Entropy = Entropy(glance.Centre).MoveToOuterDisposeScope(),
        };
    }

    /// <summary>Makes it one that has learned nothing yet.</summary>
    /// <param name="generator">Where the weights come from; a control has none.</param>
    public virtual void Initialize(Generator generator)
    {
    }

    /// <summary>Decides where to look, and leaves it for later how likely that was.</summary>
    internal abstract Glance Draw(Tensor state, Generator? generator);

    /// <summary>log p of points that were drawn around centres; a policy that draws around none is never asked.</summary>
    /// <param name="centres">μ [.., 2].</param>
    /// <param name="points">l [.., 2], constants.</param>
    /// <returns>[..], in nats.</returns>
    internal virtual Tensor LogProbability(Tensor centres, Tensor points) => throw new NotSupportedException($"{GetName()} draws around no centre.");

    /// <summary>The entropy of what points are drawn from around centres.</summary>
    /// <param name="centres">μ [.., 2].</param>
    /// <returns>[..], in nats.</returns>
    internal virtual Tensor Entropy(Tensor centres) => throw new NotSupportedException($"{GetName()} draws around no centre.");
}
