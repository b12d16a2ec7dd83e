namespace AttentionNotebooks;

/// <summary>A model that answers questions about Sort-of-CLEVR pictures.</summary>
/// <remarks>Its input: pictures [B, 3, 75, 75], their questions [B, Q, 11], and where a random read draws from.</remarks>
public abstract class ClevrModel : torch.nn.Module<Tensor, Tensor, Generator?, ClevrReading>
{
    private protected ClevrModel(string name) : base(name)
    {
    }

    /// <summary>Runs it with another read in place; its own is back afterwards.</summary>
    /// <param name="other">The read; null leaves the own one, and a model without attention has none to replace.</param>
    /// <param name="run">Runs it.</param>
    public virtual T ReadAs<T>(Read? other, Func<T> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run();
    }

    /// <summary>Sees pictures once, to answer their questions as often as an estimator asks: what is drawn comes after.</summary>
    /// <param name="images">[B, 3, 75, 75].</param>
    /// <param name="questions">[B, Q, 11].</param>
    /// <returns>Answers them; what was seen belongs to the current scope.</returns>
    internal virtual Func<Generator?, ClevrReading> See(Tensor images, Tensor questions) => generator => call(images, questions, generator);

    private protected static void Require(Tensor images, Tensor questions)
    {
        Shape.Require(images, nameof(images), "B", 3, ClevrScene.Side, ClevrScene.Side);
        Shape.Require(questions, nameof(questions), images.shape[0], "Q", ClevrQuestion.CodeLength);
    }

    /// <summary>What is in the picture, wherever it is, for every question: √N times the mean of what places [B, N, D] see.</summary>
    /// <returns>[B, Q, channels].</returns>
    /// <remarks>Coordinates are left out, whose mean is the same in every picture. A mean of N varies √N times less than what it is the mean of: without the factor, counts are not learned in the quick profile.</remarks>
    private protected static Tensor Overview(Tensor places, Tensor questions) =>
        places.narrow(-1, 0, ClevrEye.Channels).mean([1], keepdim: true).mul(Math.Sqrt(ClevrEye.Places.Count)).expand(-1, questions.shape[1], -1);

    /// <summary>Two layers, the usual end of every model here.</summary>
    private protected static Sequential Perceptron(long input, long hidden, long output) =>
        torch.nn.Sequential(torch.nn.Linear(input, hidden), torch.nn.ReLU(), torch.nn.Linear(hidden, output));
}
