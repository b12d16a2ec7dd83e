namespace AttentionNotebooks;

/// <summary>RELAX (Grathwohl et al. 2018, §3): the control variate is a small network that learns it, c(w) = r(w, x), with the temperature.</summary>
/// <remarks>It runs the model once, reading hard; the loss may be anything, a black box too. The paper adds the relaxed loss to r, which is <see cref="Rebar"/>'s control.</remarks>
public sealed class Relax : ControlVariate
{
    private readonly Linear hidden;
    private readonly Linear output;

    /// <summary>Makes the network.</summary>
    /// <param name="inputs">T·N + F: the weights of a relaxed draw, and the features known before it.</param>
    /// <param name="hidden">The width of the hidden layer.</param>
    /// <param name="temperature">τ &gt; 0 of the relaxed draws, to begin with.</param>
    /// <exception cref="ArgumentOutOfRangeException">A width is below 1, or τ is not a positive number.</exception>
    public Relax(long inputs, long hidden = 32, double temperature = 0.5) : base(nameof(Relax), temperature)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        this.hidden = torch.nn.Linear(inputs, hidden);
        output = torch.nn.Linear(hidden, 1);
        RegisterComponents();
    }

    private protected override Tensor Control(Tensor relaxed, Tensor? features, Func<Read?, Outcome> run)
    {
        var flat = relaxed.flatten(1);
        var inputs = features is null ? flat : torch.cat([flat, features.detach()], -1);
        Shape.Require(inputs, "relaxed weights and features", "B", hidden.in_features);
        return output.call(hidden.call(inputs).tanh()).squeeze(-1);
    }
}
