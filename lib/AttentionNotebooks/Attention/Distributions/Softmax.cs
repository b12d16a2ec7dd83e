namespace AttentionNotebooks;

/// <summary>α = softmax(e / τ): every location has a positive weight (Bahdanau et al. 2015, eq. 6, with a temperature).</summary>
public sealed class Softmax : Distribution
{
    private double temperature = 1;

    /// <summary>Makes a softmax.</summary>
    /// <param name="temperature">τ &gt; 0: 1 leaves the scores as they are, towards 0 one location takes all, towards ∞ all get the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">τ is not a positive number.</exception>
    public Softmax(double temperature = 1) : base(nameof(Softmax)) => Temperature = temperature;

    /// <summary>The temperature τ &gt; 0; it may be changed while training.</summary>
    /// <exception cref="ArgumentOutOfRangeException">τ is not a positive number.</exception>
    public double Temperature
    {
        get => temperature;
        set
        {
            if (!(value > 0) || double.IsInfinity(value))
                throw new ArgumentOutOfRangeException(nameof(value), value, "The temperature τ is a positive number.");
            temperature = value;
        }
    }

    /// <inheritdoc/>
    public override Categorical forward(Tensor scores, Tensor? mask, Past? past, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        // α = softmax(e / τ)   Bahdanau 2015, eq. 6
        var logits = Allowed(scores, mask);
        return (Categorical)Categorical.Softmax(Temperature == 1 ? logits : logits / Temperature).MoveToOuterDisposeScope();
    }
}
