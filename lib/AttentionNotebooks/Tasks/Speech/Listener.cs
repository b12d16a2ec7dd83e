namespace AttentionNotebooks;

/// <summary>
/// Listens to log-mel frames: convolutions that step over them, so that there are N ≈ T / <see cref="Reduction"/> locations to attend to
/// (the pyramid of Chan et al. 2016, §3.1, by strides), and, where asked for, a recurrent layer, forwards only: it can listen while somebody speaks.
/// </summary>
/// <remarks>What follows a signal in a batch is silenced after every layer: a signal is heard the same alone and among longer ones.</remarks>
public sealed class Listener : torch.nn.Module<SpeechBatch, Heard>
{
    private readonly ModuleList<Conv1d> convolve;
    private readonly GRU? remember;
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
        StateFeatures = recurrent > 0 ? recurrent : channels;
        if (recurrent > 0) remember = torch.nn.GRU(channels, recurrent, batchFirst: true);
        RegisterComponents();
        Initialization.Draw(convolve, generator);
        if (remember is not null) Initialization.DrawNarrow(remember, generator);
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
        if (remember is not null) states = remember.call(states).Item1 * mask.unsqueeze(-1);
        return new Heard(states.MoveToOuterDisposeScope(), mask.MoveToOuterDisposeScope());
    }

    private static Tensor Within(Tensor lengths, long longest) => torch.arange(longest, torch.int64, lengths.device) < lengths.unsqueeze(1);
}
