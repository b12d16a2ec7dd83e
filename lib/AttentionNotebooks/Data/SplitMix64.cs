namespace AttentionNotebooks;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood 2014): a counter and a bijective mix. A generator is made for each image from its number, so that
/// image i does not depend on how many are drawn, and integers alone make it the same on every platform.
/// </summary>
internal struct SplitMix64
{
    private const ulong GoldenGamma = 0x9E37_79B9_7F4A_7C15;

    private ulong _state;

    /// <summary>Independent streams for each key: seed, then stream, then number.</summary>
    public SplitMix64(ulong seed, ulong stream, ulong number) => _state = Mix(Mix(Mix(seed) + stream) + number);

    public ulong Next() => Mix(_state += GoldenGamma);

    /// <summary>Uniform on 0..bound-1; for bounds this small the bias is below 2^-32.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>Uniform on [low, high), in steps of 2^-24 of the width.</summary>
    public float Uniform(float low, float high) => low + ((high - low) * ((Next() >> 40) * (1f / (1 << 24))));

    /// <summary>
    /// Nearly normal, within ±3.47 standard deviations: the sum of four uniforms, centred and scaled to mean 0 and deviation 1.
    /// No logarithm or cosine, whose last bits differ between platforms; and a tail that no clipping is needed for.
    /// </summary>
    public float Normal()
    {
        var bits = Next();
        var sum = (int)(bits & 0xFFFF) + (int)((bits >> 16) & 0xFFFF) + (int)((bits >> 32) & 0xFFFF) + (int)(bits >> 48);
        return (sum - (2 * 65535)) * Deviation;
    }

    // The variance of a uniform on 0..65535 is (2^32 - 1) / 12, and there are four: deviation sqrt((2^32 - 1) / 3) = 37837.2.
    private const float Deviation = 1 / 37837.2f;

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}
