namespace AttentionNotebooks;

/// <summary>
/// Listens to log-mel frames: convolutions that step over them, so that there are N ≈ T / <see cref="Reduction"/> locations to attend to
/// (the pyramid of Chan et al. 2016, §3.1, by strides), and, where asked for, a recurrent layer both ways (Schuster &amp; Paliwal 1997).
/// </summary>
/// <remarks>What follows a signal in a batch is silenced after every layer: a signal is heard the same alone and among longer ones.</remarks>
public sealed class Listener : torch.nn.Module<SpeechBatch, Heard>
{
    private readonly ModuleList<Conv1d> convolve;
    private readonly GRU? ahead;
    private readonly GRU? back;
    private readonly long[] strides;

    /// <summary>Makes the layers, with weights drawn from the generator.</summary>
    /// <param name="bands">M, how many bands a frame has.</param>
    /// <param name="convolutions">The convolutions, each followed by max(0, x).</param>
    /// <param name="recurrent">How many features the recurrent layer has each way; 0 for none: then a location knows its surroundings, and nothing of the rest.</param>
    /// <param name="generator">Where the initial weights come from.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or a width is even.</exception>
    public Listener(long bands, IReadOnlyList<Convolution> convolutions, long recurrent, Generator generator) : base(nameof(Listener))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bands, 1);
        ArgumentNullException.ThrowIfNull(convolutions);
        ArgumentOutOfRangeException.ThrowIfNegative(recurrent);
        convolve = torch.nn.ModuleList<Conv1d>();
        var channels = bands;
        foreach (var (next, width, stride) in convolutions)
        {
            if (width < 1 || width % 2 == 0) throw new ArgumentOutOfRangeException(nameof(convolutions), width, "A filter spans an odd number of frames, so that it has a middle.");
            ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1, nameof(convolutions));
            convolve.Add(torch.nn.Conv1d(channels, next, width, stride, padding: width / 2));
            channels = next;
        }

        strides = [.. convolutions.Select(convolution => (long)convolution.Stride)];
        Reduction = strides.Aggregate(1L, (product, stride) => product * stride);
        StateFeatures = recurrent > 0 ? 2 * recurrent : channels;
        if (Environment.GetEnvironmentVariable("LISTEN") == "one") { StateFeatures = recurrent; ahead = torch.nn.GRU(channels, recurrent, batchFirst: true); } else if (recurrent > 0)
        {
            ahead = torch.nn.GRU(channels, recurrent, batchFirst: true);
            back = torch.nn.GRU(channels, recurrent, batchFirst: true);
        }

        RegisterComponents();
        Initialization.Draw(convolve, generator);
        foreach (var layer in new[] { ahead, back }.OfType<GRU>()) Initialization.DrawNarrow(layer, generator);
    }

    /// <summary>How many frames one location stands for: the product of the strides. Location n is centred on frame n times this.</summary>
    public long Reduction { get; }

    /// <summary>D, the features of a location.</summary>
    public long StateFeatures { get; }

    /// <summary>Listens.</summary>
    /// <param name="batch">The features of signals, [B, T, M].</param>
    /// <returns>What was heard, with N = ⌈T / s⌉ for each stride s in turn.</returns>
    public override Heard forward(SpeechBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = torch.NewDisposeScope();
        var (states, lengths) = (batch.Features.transpose(1, 2), batch.Lengths);
        var mask = Within(lengths, states.shape[2]);
        for (var layer = 0; layer < strides.Length; layer++)
        {
            states = convolve[layer].call(states).relu();
            lengths = (lengths + (strides[layer] - 1)).div(strides[layer], torch.RoundingMode.floor);
            mask = Within(lengths, states.shape[2]);
            states = states * mask.unsqueeze(1);
        }

        states = states.transpose(1, 2);
        if (ahead is not null && back is not null) states = BothWays(ahead, back, states, lengths, mask);
        else if (ahead is not null) states = ahead.call(states).Item1 * mask.unsqueeze(-1);
        return new Heard(states.MoveToOuterDisposeScope(), mask.MoveToOuterDisposeScope());
    }

    private static Tensor Within(Tensor lengths, long longest) => torch.arange(longest, torch.int64, lengths.device) < lengths.unsqueeze(1);

    private static Tensor BothWays(GRU ahead, GRU back, Tensor states, Tensor lengths, Tensor mask)
    {
        // Each signal backwards from its own end; what follows it stays where it is. The same places turn it round again.
        var place = torch.arange(states.shape[1], torch.int64, states.device);
        var turned = torch.where(mask, lengths.unsqueeze(1) - 1 - place, place).unsqueeze(-1);
        Tensor Turn(Tensor sequence) => sequence.gather(1, turned.expand(-1, -1, sequence.shape[2]));
        var forwards = ahead.call(states).Item1;
        var backwards = Turn(back.call(Turn(states)).Item1);
        return torch.cat([forwards, backwards], -1) * mask.unsqueeze(-1);
    }
}
