namespace AttentionNotebooks;

/// <summary>REBAR (Tucker et al. 2017, §3): the control variate is the loss of the model itself at a relaxed draw, c(w) = η ℓ(w), with η and the temperature learned.</summary>
/// <remarks>It runs the model three times on each batch, twice reading softly, and so computes all values.</remarks>
public sealed class Rebar : ControlVariate
{
    private readonly Parameter scale;

    /// <summary>Makes the estimator.</summary>
    /// <param name="temperature">τ &gt; 0 of the relaxed draws, to begin with.</param>
    /// <exception cref="ArgumentOutOfRangeException">τ is not a positive number.</exception>
    public Rebar(double temperature = 0.5) : base(nameof(Rebar), temperature)
    {
        scale = torch.nn.Parameter(torch.ones([]));
        RegisterComponents();
    }

    private protected override Tensor Control(Tensor relaxed, Tensor? features, Func<Read?, Outcome> run) => scale * run(new Weighed(relaxed)).Losses;
}
