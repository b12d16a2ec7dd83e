namespace AttentionNotebooks;

/// <summary>
/// Cards that lead to one another: each has a name, and names another card, but for the ends, which name themselves and bear an answer.
/// From the card that is asked for to its end takes 1 to <see cref="Longest"/> cards, evenly spread; how many, only reading tells.
/// </summary>
/// <param name="Longest">The most cards to read; as many as <paramref name="Count"/> at most.</param>
/// <param name="Shortest">The fewest cards to read, 1 or more.</param>
/// <param name="Count">N, how many cards lie on the table.</param>
/// <param name="Features">D, the features of a name, a random direction.</param>
/// <param name="Answers">A, how many answers there are. Whoever finds no end guesses among them.</param>
public sealed record HopCards(int Longest = 5, int Shortest = 1, int Count = 12, int Features = 8, int Answers = 4)
{
    /// <summary>Draws tables and questions.</summary>
    /// <param name="tables">B, how many.</param>
    /// <param name="generator">Where the randomness comes from.</param>
    /// <returns>The tables; the caller's.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit on the table.</exception>
    public HopBatch Draw(long tables, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        if (Shortest < 1 || Shortest > Longest || Longest > Count) throw new ArgumentException($"Chains of {Shortest} to {Longest} cards do not fit on a table of {Count}.");
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var names = torch.nn.functional.normalize(torch.randn([tables, Count, Features], generator: generator), dim: 2) * Math.Sqrt(Features);
        var path = torch.rand([tables, Count], generator: generator).argsort(1);
        var length = torch.randint(Shortest, Longest + 1, [tables], torch.int64, generator: generator);
        // What does not belong to the chain makes shorter or longer chains of its own, which lead nowhere near.
        var place = torch.arange(Count).unsqueeze(0);
        var last = (length - 1).unsqueeze(1);
        var ends = place.eq(last) | (place > last & torch.rand([tables, Count], generator: generator) < 0.5) | place.eq(Count - 1);
        var next = torch.zeros_like(path).scatter(1, path, torch.where(ends, path, path.roll(-1, 1)));
        var isEnd = torch.zeros_like(ends).scatter(1, path, ends);
        var borne = torch.randint(Answers, [tables, Count], torch.int64, generator: generator);
        var named = names.gather(1, next.unsqueeze(2).expand(tables, Count, Features));
        var written = torch.nn.functional.one_hot(borne, Answers) * isEnd.unsqueeze(2);
        var end = path.gather(1, last);
        return new HopBatch(
            names.MoveToOuterDisposeScope(),
            torch.cat([named, written.to(names.dtype)], 2).MoveToOuterDisposeScope(),
            path.MoveToOuterDisposeScope(),
            length.MoveToOuterDisposeScope(),
            borne.gather(1, end).squeeze(1).MoveToOuterDisposeScope());
    }
}
