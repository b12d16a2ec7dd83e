namespace AttentionNotebooks;

/// <summary>Goes through a set in an order that is drawn anew for every epoch, a batch of indices at a time; the set itself is never copied.</summary>
/// <remarks>It is a module for its buffers' sake: where an epoch stands is part of what a checkpoint keeps.</remarks>
public sealed class Minibatches : torch.nn.Module
{
    private readonly Tensor order; // [count] int64
    private readonly Tensor done; // [] int64, how many of the order were given out

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
                next = 0;
            }

            var taken = Math.Min(missing, count - next);
            parts.Add(order.narrow(0, next, taken).clone());
            (next, missing) = (next + taken, missing - taken);
        }

        done.fill_(next);
        return torch.cat(parts).MoveToOuterDisposeScope();
    }
}
