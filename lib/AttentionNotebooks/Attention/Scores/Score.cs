namespace AttentionNotebooks;

/// <summary>The first of the three choices: how well does location n fit the query?</summary>
/// <remarks>A score is any real number; a <see cref="Distribution"/> turns the scores of a row into weights.</remarks>
public abstract class Score : torch.nn.Module<Tensor, Tensor, Past?, Tensor>
{
    /// <summary>Names the score after its class.</summary>
    protected Score(string name) : base(name)
    {
    }

    /// <summary>Scores every location for every query.</summary>
    /// <param name="query">Queries q [B, T, Dq], floating point.</param>
    /// <param name="keys">Keys k [B, N, Dk], of the queries' dtype.</param>
    /// <param name="past">What earlier steps attended to; null at the first, and most scores do without.</param>
    /// <returns>Scores e [B, T, N].</returns>
    /// <exception cref="ArgumentException">A shape does not fit; the message names the tensor.</exception>
    public abstract override Tensor forward(Tensor query, Tensor keys, Past? past);

    /// <summary>Scores every location for every query, at the first step or where the past does not matter.</summary>
    /// <inheritdoc cref="forward"/>
    public Tensor call(Tensor query, Tensor keys) => call(query, keys, null);
}
