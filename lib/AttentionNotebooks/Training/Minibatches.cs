namespace AttentionNotebooks;

/// <summary>Goes through a set in an order that is drawn anew for every epoch, a batch of indices at a time; the set itself is never copied.</summary>
/// <remarks>It is a module for its buffers' sake: where an epoch stands is part of what a checkpoint keeps.</remarks>
public sealed class Minibatches : torch.nn.Module
{
    private readonly Tensor order; // [count] int64
    private readonly Tensor done; // [] int64, how many of the order were given out
    private readonly long[] lengths = [];
    private readonly int together;

    /// <summary>Begins before the first epoch.</summary>
    /// <param name="count">How many examples the set has.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public Minibatches(long count) : base(nameof(Minibatches))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        order = torch.arange(count, torch.int64).DetachFromDisposeScope();
        done = torch.tensor(count, torch.int64).DetachFromDisposeScope();
        register_buffer(nameof(order), order);
        register_buffer(nameof(done), done);
        RegisterComponents();
    }

    /// <summary>Begins before the first epoch, of a set whose batches are to be of similar length, so that little is padded.</summary>
    /// <remarks>An epoch's order is cut into stretches of so many batches, and each stretch is sorted; then all batches of the epoch are shuffled.</remarks>
    /// <param name="lengths">How long each example is, from 0.</param>
    /// <param name="together">How many batches are sorted together: 1 for none, and the more, the more alike are the examples of a batch, in more than their length.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no example, or no batch is sorted.</exception>
    public Minibatches(IReadOnlyList<int> lengths, int together) : this(lengths?.Count ?? throw new ArgumentNullException(nameof(lengths)))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(together, 1);
        (this.lengths, this.together) = ([.. lengths.Select(length => (long)length)], together);
    }

    /// <summary>The next examples. Every example comes once an epoch; a batch may end one epoch and begin the next.</summary>
    /// <param name="size">B, how many, at least 1.</param>
    /// <param name="generator">Where the order of an epoch comes from.</param>
    /// <returns>[B] int64, the caller's.</returns>
    public Tensor Next(int size, Generator generator)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var parts = new List<Tensor>();
        var (count, next) = (order.shape[0], done.ToInt64());
        for (long missing = size; missing > 0;)
        {
            if (next == count)
            {
                order.copy_(torch.randperm(count, torch.int64, generator: generator));
                if (lengths.Length > 0) SortByLength(Rest(missing % size), size, generator);
                next = 0;
            }

            var taken = Math.Min(missing, count - next);
            parts.Add(order.narrow(0, next, taken).clone());
            (next, missing) = (next + taken, missing - taken);
        }

        done.fill_(next);
        return torch.cat(parts).MoveToOuterDisposeScope();
    }

    private Tensor Rest(long start) => order.narrow(0, Math.Min(start, order.shape[0]), Math.Max(0, order.shape[0] - start));

    // What completes a batch of the epoch before is left as it is; the rest is whole batches, and a last one that may be smaller.
    private void SortByLength(Tensor rest, int size, Generator generator)
    {
        var count = rest.shape[0];
        if (count < size) return;
        var place = torch.arange(count, torch.int64);
        var stretch = place.floor_divide((long)size * together);
        var length = torch.tensor(lengths).index_select(0, rest);
        // Stretch by stretch, in each by length, and of equal ones as they were drawn.
        var rank = (stretch * (lengths.Max() + 1) + length) * count + place;
        var sorted = rest.index_select(0, rank.argsort());
        var whole = count / size;
        var shuffled = sorted.narrow(0, 0, whole * size).reshape(whole, size).index_select(0, torch.randperm(whole, torch.int64, generator: generator));
        rest.copy_(torch.cat([shuffled.flatten(), sorted.narrow(0, whole * size, count - whole * size)]));
    }
}
