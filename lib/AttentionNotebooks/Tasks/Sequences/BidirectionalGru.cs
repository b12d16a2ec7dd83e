namespace AttentionNotebooks;

/// <summary>Two gated recurrent layers, one from the first step on and one from the last step back (Schuster &amp; Paliwal 1997; Bahdanau et al. 2015, §3.2).</summary>
/// <remarks>A sequence of a batch is read the same alone and among longer ones: the layer that goes back begins at each sequence's own end.</remarks>
public sealed class BidirectionalGru : torch.nn.Module<Tensor, Tensor, (Tensor States, Tensor Ends)>
{
    private readonly GRU ahead;
    private readonly GRU back;

    /// <summary>Makes the layers.</summary>
    /// <param name="inputFeatures">D, the features of a step.</param>
    /// <param name="hiddenFeatures">H, the features of each layer.</param>
    /// <exception cref="ArgumentOutOfRangeException">A width is below 1.</exception>
    public BidirectionalGru(long inputFeatures, long hiddenFeatures) : base(nameof(BidirectionalGru))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hiddenFeatures, 1);
        ahead = torch.nn.GRU(inputFeatures, hiddenFeatures, batchFirst: true);
        back = torch.nn.GRU(inputFeatures, hiddenFeatures, batchFirst: true);
        RegisterComponents();
    }

    /// <summary>Reads sequences.</summary>
    /// <param name="inputs">[B, N, D]; what follows a sequence may be anything finite.</param>
    /// <param name="lengths">[B] int64, how long each is, in 1..N.</param>
    /// <returns>
    /// [B, N, 2H], what both layers know at each step, 0 after the end; and [B, 2H], what each layer knows when it is through: the first after the last step, the second after the first.
    /// </returns>
    /// <exception cref="ArgumentException">A shape does not fit; the message names the tensor.</exception>
    public override (Tensor States, Tensor Ends) forward(Tensor inputs, Tensor lengths)
    {
        Shape.Require(inputs, nameof(inputs), "B", "N", "D");
        Shape.Require(lengths, nameof(lengths), inputs.shape[0]);
        using var scope = torch.NewDisposeScope();
        var place = torch.arange(inputs.shape[1], torch.int64, inputs.device);
        var ends = lengths.unsqueeze(1);
        var within = place < ends;
        // Each sequence backwards from its own end; what follows stays where it is. The same places turn it round again.
        var turned = torch.where(within, ends - 1 - place, place).unsqueeze(-1);
        Tensor Turn(Tensor sequence) => sequence.gather(1, turned.expand(-1, -1, sequence.shape[2]));
        var forwards = ahead.call(inputs).Item1;
        var backwards = Turn(back.call(Turn(inputs)).Item1);
        var last = forwards.gather(1, (ends - 1).unsqueeze(-1).expand(-1, -1, forwards.shape[2])).squeeze(1);
        var states = torch.cat([forwards, backwards], -1).masked_fill(within.logical_not().unsqueeze(-1), 0);
        return (states.MoveToOuterDisposeScope(), torch.cat([last, backwards.select(1, 0)], -1).MoveToOuterDisposeScope());
    }
}
