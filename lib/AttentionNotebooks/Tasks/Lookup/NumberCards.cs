namespace AttentionNotebooks;

/// <summary>Keys are numbers between −1 and 1, and a query is the wanted number: a place, a date, a price.</summary>
/// <param name="Count">N, how many cards lie on the table.</param>
public sealed record NumberCards(int Count = 8) : LookupCards(1, Count)
{
    /// <summary>2/N (1 − 2⁻ᴺ): a product grows along the numbers, so it is greatest at the largest or at the smallest, and right only if that is the wanted one.</summary>
    /// <remarks>No score q w k does better, whatever w is.</remarks>
    public override double DotPointing => 2.0 / Count * (1 - Math.Pow(2, -Count));

    internal override Tensor Keys(long tables, Generator generator)
    {
        using var scope = torch.NewDisposeScope();
        return (2 * torch.rand([tables, Count, 1], generator: generator) - 1).MoveToOuterDisposeScope();
    }

    internal override Tensor Ask(Tensor keys, Generator generator) => keys.alias();
}
