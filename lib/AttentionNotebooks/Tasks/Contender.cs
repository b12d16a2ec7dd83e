namespace AttentionNotebooks;

/// <summary>One of the models that a task compares: a mechanism in the task's model, a model of another kind, or a control.</summary>
/// <param name="Name">What it is called; no two of a task have the same name.</param>
/// <param name="Role">Its colour in charts.</param>
/// <param name="Options">How it is trained in the quick profile.</param>
/// <param name="Create">Makes the model, untrained, with all its weights drawn from the generator. The caller disposes of it.</param>
public sealed record Contender(string Name, Role Role, TrainingOptions Options, Func<Generator, ITaskModel> Create)
{
    /// <summary>The ways in which it is tested, the usual one first; none where there is only one. A read converts to a mode.</summary>
    public IReadOnlyList<EvaluationMode> Modes { get; init; } = [];

    /// <summary>How it is trained in the full profile: five times as long, unless it says otherwise.</summary>
    public TrainingOptions Full { get => field ?? Options with { Steps = 5 * Options.Steps }; init; }

    /// <summary>How it is trained in a profile.</summary>
    /// <param name="profile">The profile.</param>
    public TrainingOptions In(RunProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return profile.Full ? Full : Options;
    }

    /// <summary>A mechanism as a contender.</summary>
    /// <param name="mechanism">The mechanism.</param>
    /// <param name="options">How it is trained in the quick profile.</param>
    /// <param name="create">Makes the model.</param>
    public static Contender Of(Mechanism mechanism, TrainingOptions options, Func<Mechanism, Generator, ITaskModel> create)
    {
        ArgumentNullException.ThrowIfNull(mechanism);
        ArgumentNullException.ThrowIfNull(create);
        return new(mechanism.Name, mechanism.Role, options, generator => create(mechanism, generator)) { Modes = [.. mechanism.Modes.Select(EvaluationMode.FromRead)] };
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
