namespace AttentionNotebooks;

/// <summary>
/// What speech recognisers look at: the logarithm of the energy in mel bands, frame by frame. Frames of equal length, a Hann window,
/// the discrete Fourier transform, triangular bands on the mel scale (Davis and Mermelstein 1980, without their cosine transform).
/// </summary>
public sealed class LogMel : torch.nn.Module<Tensor, Tensor>
{
    private readonly int transform;
    private readonly Tensor window; // [Frame]
    private readonly Tensor weights; // [transform/2 + 1, Bands]

    /// <summary>Makes window and bands.</summary>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="frame">The length of a frame, in samples.</param>
    /// <param name="hop">From the beginning of a frame to that of the next, in samples.</param>
    /// <param name="bands">M, how many bands.</param>
    /// <param name="lowest">Where the first band begins, in hertz.</param>
    /// <param name="highest">Where the last band ends, in hertz; half the sample rate if null.</param>
    /// <param name="floor">Added to every energy, so that silence has a logarithm.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the floor is not above 0.</exception>
    /// <exception cref="ArgumentException">A band lies outside what the sample rate can hold, or between two frequencies of the transform.</exception>
    public LogMel(int sampleRate = 8000, int frame = 200, int hop = 80, int bands = 32, double lowest = 60, double? highest = null, double floor = 1e-6) : base(nameof(LogMel))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(frame, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frame, 1 << 20);
        ArgumentOutOfRangeException.ThrowIfLessThan(hop, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(bands, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(floor);
        var end = highest ?? (sampleRate / 2.0);
        if (!(lowest >= 0 && end > lowest && end <= sampleRate / 2.0))
            throw new ArgumentException($"Bands from {lowest} to {end} Hz do not lie within 0 to {sampleRate / 2.0} Hz.", nameof(highest));

        (SampleRate, Frame, Hop, Bands, Floor) = (sampleRate, frame, hop, bands, floor);
        transform = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)frame);
        var filters = MelScale.Bands(sampleRate, transform, bands, lowest, end);
        RequireNoneEmpty(filters, bands);
        window = torch.tensor(Hann(frame), torch.float64).DetachFromDisposeScope();
        weights = torch.tensor(filters, torch.float64).DetachFromDisposeScope();
        register_buffer(nameof(window), window);
        register_buffer(nameof(weights), weights);
        RegisterComponents();
    }

    /// <summary>Samples a second.</summary>
    public int SampleRate { get; }

    /// <summary>The length of a frame, in samples.</summary>
    public int Frame { get; }

    /// <summary>From the beginning of a frame to that of the next, in samples.</summary>
    public int Hop { get; }

    /// <summary>M, how many bands.</summary>
    public int Bands { get; }

    /// <summary>What is added to every energy.</summary>
    public double Floor { get; }

    /// <summary>T, how many frames so many samples make: as many as fit, and one where none does.</summary>
    /// <param name="samples">S, how many samples.</param>
    public long Frames(long samples) => 1 + (Math.Max(0, samples - Frame) / Hop);

    /// <summary>Where the middle of a frame is, in samples.</summary>
    /// <param name="frame">Which, from 0.</param>
    public double Middle(long frame) => (frame * Hop) + (Frame / 2.0);

    /// <summary>The features of signals.</summary>
    /// <param name="samples">[B, S], float32 or float64; a signal shorter than a frame is taken to be silent after its end.</param>
    /// <returns>[B, T, M], log(energy + floor), of the same type.</returns>
    /// <exception cref="ArgumentException">The samples have another shape, or are whole numbers.</exception>
    public override Tensor forward(Tensor samples)
    {
        Shape.Require(samples, nameof(samples), "B", "S");
        if (!samples.is_floating_point()) throw new ArgumentException($"{nameof(samples)} is of type {samples.dtype}, expected float32 or float64.", nameof(samples));
        if (samples.shape[0] == 0) return torch.zeros([0, Frames(samples.shape[1]), Bands], samples.dtype, samples.device);

        using var scope = torch.NewDisposeScope();
        var missing = Math.Max(0, Frame - samples.shape[1]);
        var signal = missing > 0 ? torch.nn.functional.pad(samples, [0, missing]) : samples;
        // [B, T, Frame], each frame weighed by w[i] = ½ - ½ cos(2πi/Frame)
        var frames = signal.unfold(1, Frame, Hop) * window.to_type(samples.dtype);
        var spectrum = torch.fft.rfft(frames, transform);
        // |X|², [B, T, bins]
        var power = spectrum.real.square() + spectrum.imag.square();
        return (power.matmul(weights.to_type(samples.dtype)) + Floor).log().MoveToOuterDisposeScope();
    }

    private static double[] Hann(int frame) => [.. Enumerable.Range(0, frame).Select(i => 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / frame)))];

    private static void RequireNoneEmpty(double[,] filters, int bands)
    {
        for (var band = 0; band < bands; band++)
        {
            var any = false;
            for (var bin = 0; bin < filters.GetLength(0); bin++) any |= filters[bin, band] > 0;
            if (!any) throw new ArgumentException($"Band {band} of {bands} lies between two frequencies of the transform. Take fewer bands or longer frames.", nameof(bands));
        }
    }
}
