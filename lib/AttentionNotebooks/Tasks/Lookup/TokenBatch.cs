namespace AttentionNotebooks;

/// <summary>Sequences of N tokens, of which few matter: a question, cards with a key and a value each, and fillers that look like cards but are none.</summary>
/// <param name="Tokens">x [B, N, D] float32: one of three kinds, one of S keys, one of S values; a question has no value.</param>
/// <param name="Question">int64 [B], where the question stands.</param>
/// <param name="Card">int64 [B], where the card of its key stands.</param>
/// <param name="Answer">int64 [B], the value of that card.</param>
public sealed record TokenBatch(Tensor Tokens, Tensor Question, Tensor Card, Tensor Answer) : IDisposable
{
    /// <summary>S, how many keys and how many values there are.</summary>
    public const int Symbols = 8;

    /// <summary>D, the features of a token.</summary>
    public const int Features = Kinds + 2 * Symbols;

    private const int Kinds = 3; // question, card, filler

    /// <summary>Draws sequences.</summary>
    /// <param name="count">B, how many.</param>
    /// <param name="tokens">N, their length.</param>
    /// <param name="cards">How many cards there are, all of different keys.</param>
    /// <param name="generator">Where the randomness comes from.</param>
    /// <returns>The sequences; the caller's.</returns>
    public static TokenBatch Draw(long count, long tokens, long cards, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cards, Symbols);
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, cards + 1);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        // Sorted: the question, the cards, the fillers; then shuffled.
        var kinds = torch.full(count, tokens, 2L, torch.int64);
        kinds.narrow(1, 0, 1 + cards).fill_(1);
        kinds.select(1, 0).fill_(0);
        var values = torch.randint(Symbols, [count, tokens], torch.int64, generator: generator);
        var keys = torch.randint(Symbols, [count, tokens], torch.int64, generator: generator);
        keys.narrow(1, 1, cards).copy_(Shuffled(count, Symbols, generator).narrow(1, 0, cards));
        var asked = torch.randint(cards, [count, 1], torch.int64, generator: generator) + 1;
        keys.narrow(1, 0, 1).copy_(keys.gather(1, asked));
        var answer = values.gather(1, asked).squeeze(1);
        var hot = torch.cat([Hot(kinds, Kinds), Hot(keys, Symbols), Hot(values, Symbols) * kinds.ne(0).unsqueeze(-1)], -1);

        var order = Shuffled(count, tokens, generator);
        var place = order.argsort(1);
        var shuffled = hot.gather(1, order.unsqueeze(-1).expand(count, tokens, Features));
        return new TokenBatch(shuffled.MoveToOuterDisposeScope(), place.select(1, 0).clone().MoveToOuterDisposeScope(), place.gather(1, asked).squeeze(1).MoveToOuterDisposeScope(), answer.MoveToOuterDisposeScope());
    }

    /// <summary>The batch on a device: itself if it is there.</summary>
    /// <param name="device">Where its reader is.</param>
    public TokenBatch To(torch.Device device) => Tokens.device_type == device.type ? this : new(Tokens.On(device), Question.On(device), Card.On(device), Answer.On(device));

    /// <summary>One sequence, as a batch.</summary>
    /// <param name="sequence">Which, from 0.</param>
    public TokenBatch At(long sequence) => new(Tokens.narrow(0, sequence, 1), Question.narrow(0, sequence, 1), Card.narrow(0, sequence, 1), Answer.narrow(0, sequence, 1));

    /// <summary>What each token of the first sequence is: “?3” asks for key 3, “3:5” is a card of key 3 and value 5, “·” fills.</summary>
    public IReadOnlyList<string> Names()
    {
        using var scope = torch.NewDisposeScope();
        long[] Largest(int from, int of) => Tokens[0].narrow(1, from, of).argmax(1).cpu().data<long>().ToArray();
        var (kinds, keys, values) = (Largest(0, Kinds), Largest(Kinds, Symbols), Largest(Kinds + Symbols, Symbols));
        return [.. kinds.Index().Select(token => token.Item switch
        {
            0 => $"?{keys[token.Index]}",
            1 => $"{keys[token.Index]}:{values[token.Index]}",
            _ => "·",
        })];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[Tokens, Question, Card, Answer]) tensor.Dispose();
    }

    private static Tensor Shuffled(long count, long of, Generator generator) => torch.rand(count, of, generator: generator).argsort(1);

    private static Tensor Hot(Tensor numbers, long of) => torch.nn.functional.one_hot(numbers, of).to(torch.float32);
}
