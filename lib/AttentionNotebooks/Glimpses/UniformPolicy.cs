namespace AttentionNotebooks;

/// <summary>The control that looks anywhere, with the same probability everywhere in the image. It knows nothing of the state, and there is nothing to learn.</summary>
public sealed class UniformPolicy : GlancePolicy
{
    /// <summary>Makes the control.</summary>
    public UniformPolicy() : base(nameof(UniformPolicy))
    {
    }

    internal override Glance Draw(Tensor state, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return new Glance(RandomNumbers.Uniform([state.shape[0], 2], state.dtype, state.device, generator) * 2 - 1);
    }
}
