namespace AttentionNotebooks;

/// <summary>The control that never looks away from the image's centre.</summary>
public sealed class CentrePolicy : GlancePolicy
{
    /// <summary>Makes the control.</summary>
    public CentrePolicy() : base(nameof(CentrePolicy))
    {
    }

    internal override Glance Draw(Tensor state, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new Glance(state.new_zeros(state.shape[0], 2));
    }
}
