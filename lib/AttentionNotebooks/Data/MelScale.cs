namespace AttentionNotebooks;

/// <summary>The mel scale of HTK (Young et al. 2006, eq. 5.13), on which equal steps sound about equally wide, and its triangular bands.</summary>
public static class MelScale
{
    /// <summary>Mel from hertz.</summary>
    /// <param name="hertz">A frequency, at least 0.</param>
    // m = 2595 log₁₀(1 + f/700)
    public static double FromHertz(double hertz) => 2595 * Math.Log10(1 + (hertz / 700));

    /// <summary>Hertz from mel.</summary>
    /// <param name="mel">A pitch, at least 0.</param>
    public static double ToHertz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);

    /// <summary>
    /// Triangular bands, equally wide and half overlapping on the mel scale, each 1 at its middle (HTK; Slaney's have equal area instead).
    /// Row by row, [bins, bands]: the weight of each frequency of a discrete Fourier transform in each band.
    /// </summary>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="transform">The length of the transform, in samples; it has transform/2 + 1 bins.</param>
    /// <param name="bands">How many bands.</param>
    /// <param name="lowest">Where the first band begins, in hertz.</param>
    /// <param name="highest">Where the last band ends, in hertz.</param>
    internal static double[,] Bands(int sampleRate, int transform, int bands, double lowest, double highest)
    {
        var (first, last) = (FromHertz(lowest), FromHertz(highest));
        var step = (last - first) / (bands + 1);
        var weights = new double[(transform / 2) + 1, bands];
        for (var bin = 0; bin < weights.GetLength(0); bin++)
        {
            var place = (FromHertz((double)bin * sampleRate / transform) - first) / step;
            // Band m rises from m to m + 1 and falls to m + 2.
            for (var band = 0; band < bands; band++) weights[bin, band] = Math.Max(0, 1 - Math.Abs(place - band - 1));
        }

        return weights;
    }
}
