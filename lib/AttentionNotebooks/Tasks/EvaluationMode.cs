namespace AttentionNotebooks;

/// <summary>A way to test a trained model, under the name that results have it by.</summary>
/// <param name="Name">Its name; no two of a contender have the same.</param>
/// <param name="Test">Tests the model (<see cref="ITaskModel.Test"/>); a random mode draws from the generator.</param>
/// <remarks>Where there is attention over locations, a mode is a read, and converts from it. A model that looks by a policy names its own: a sample, the mean, an average over samples.</remarks>
public sealed record EvaluationMode(string Name, Func<ITaskModel, Generator, IReadOnlyDictionary<string, double>> Test)
{
    /// <summary>The read that the mode is; null where it is something else.</summary>
    public Read? Read { get; private init; }

    /// <summary>A read as a mode, under the name of its class.</summary>
    /// <param name="read">The read.</param>
    public static implicit operator EvaluationMode(Read read) => FromRead(read);

    /// <summary>A read as a mode, under the name of its class.</summary>
    /// <param name="read">The read.</param>
    public static EvaluationMode FromRead(Read read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return new(read.GetType().Name, (model, generator) => model.Test(read, generator)) { Read = read };
    }

    /// <summary>A mode of one kind of model.</summary>
    /// <typeparam name="TModel">The kind of model.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="test">Tests the model; a random mode draws from the generator.</param>
    public static EvaluationMode Of<TModel>(string name, Func<TModel, Generator, IReadOnlyDictionary<string, double>> test)
        where TModel : ITaskModel => new(name, (model, generator) => test((TModel)model, generator));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
