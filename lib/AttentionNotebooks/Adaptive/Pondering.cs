namespace AttentionNotebooks;

/// <summary>A step that is repeated until σ(w·s + b), read off the state, says that it is enough; what the members make of that number differs.</summary>
public abstract class Pondering : torch.nn.Module
{
    // Not private, so that the members' RegisterComponents finds it.
    private protected readonly Linear halt;

    /// <summary>Makes the halting unit.</summary>
    /// <param name="name">The name of the class.</param>
    /// <param name="stateFeatures">S, the features of a state.</param>
    /// <param name="maxSteps">The most steps an example gets; it halts there whatever the unit says.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    protected Pondering(string name, long stateFeatures, int maxSteps) : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stateFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSteps, 1);
        MaxSteps = maxSteps;
        halt = torch.nn.Linear(stateFeatures, 1);
    }

    /// <summary>The most steps an example gets.</summary>
    public int MaxSteps { get; }

    /// <summary>Repeats the step for the examples that have not halted, until none is left or the steps are used up.</summary>
    /// <param name="state">s₀ [B, S].</param>
    /// <param name="step">What is repeated. It never sees an example that has halted.</param>
    /// <param name="visit">Looks at a step and says who halts: boolean [A], or null for nobody.</param>
    private protected void Repeat(Tensor state, PonderStep step, Func<PonderMoment, Tensor?> visit)
    {
        ArgumentNullException.ThrowIfNull(step);
        Shape.Require(state, nameof(state), "B", halt.in_features);
        var examples = torch.arange(state.shape[0], torch.int64, state.device);
        for (var n = 1; n <= MaxSteps; n++)
        {
            var (next, output) = step(state, examples, n);
            Shape.Require(next, "the step's state", examples.shape[0], halt.in_features);
            Shape.Require(output, "the step's output", examples.shape[0], "O");
            var halted = visit(new PonderMoment(n, examples, next, output, halt.call(next).squeeze(-1)));
            state = next;
            if (halted is null) continue;
            var going = halted.logical_not().nonzero().squeeze(1);
            if (going.shape[0] == 0) return;
            if (going.shape[0] == examples.shape[0]) continue;
            (state, examples) = (state.index_select(0, going), examples.index_select(0, going));
        }
    }
}
