using System.Numerics;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class LogMelTests
{
    [Theory]
    [InlineData(8000, 200, 80, 32)]
    [InlineData(16000, 400, 160, 20)]
    [InlineData(8000, 128, 128, 12)]
    public void It_is_the_direct_transform_with_the_bands_drawn_by_hand(int rate, int frame, int hop, int bands)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var features = new LogMel(rate, frame, hop, bands);
        var samples = rand([2, frame + (3 * hop) + 7], float64, generator: generator) * 2 - 1;

        var result = features.call(samples);

        Assert.Equal([2, 4, bands], result.shape);
        for (var b = 0; b < 2; b++)
        {
            var expected = Direct(samples[b].contiguous().data<double>().ToArray(), features, rate, 60, rate / 2.0);
            for (var t = 0; t < 4; t++)
            {
                for (var m = 0; m < bands; m++) Assert.Equal(expected[t, m], result[b, t, m].item<double>(), 1e-9);
            }
        }
    }

    [Fact]
    public void A_tone_is_loudest_in_the_band_around_it()
    {
        using var scope = NewDisposeScope();
        var features = new LogMel(bands: 20, lowest: 100, highest: 3900);
        var edges = Enumerable.Range(0, 22).Select(i => MelScale.ToHertz(MelScale.FromHertz(100) + (i * (MelScale.FromHertz(3900) - MelScale.FromHertz(100)) / 21))).ToArray();
        for (var band = 2; band < 20; band++)
        {
            var tone = (arange(0, 2000, float32) * (float)(2 * Math.PI * edges[band + 1] / 8000)).sin().unsqueeze(0);
            Assert.Equal(band, features.call(tone)[0, 3].argmax().item<long>());
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(200, 1)]
    [InlineData(279, 1)]
    [InlineData(280, 2)]
    [InlineData(8000, 98)]
    public void There_are_as_many_frames_as_fit_and_at_least_one(int samples, int frames)
    {
        using var scope = NewDisposeScope();
        var features = new LogMel();

        Assert.Equal(frames, features.Frames(samples));
        Assert.Equal([1, frames, 32], features.call(zeros(1, samples)).shape);
        Assert.Equal([0, frames, 32], features.call(zeros(0, samples)).shape);
    }

    [Fact]
    public void Silence_is_the_logarithm_of_the_floor()
    {
        using var scope = NewDisposeScope();

        Assert.Equal((float)Math.Log(1e-4), new LogMel(floor: 1e-4).call(zeros(1, 400)).max().item<float>(), 1e-4f);
    }

    [Fact]
    public void Single_precision_is_near_double_and_steps_in_memory_do_not_matter()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var features = new LogMel();
        var samples = rand([900, 3], float64, generator: generator).t() - 0.5;
        var expected = features.call(samples.contiguous());

        Assert.False(samples.is_contiguous());
        Assert.True(features.call(samples).allclose(expected));
        var single = features.call(samples.to_type(float32));
        Assert.Equal(float32, single.dtype);
        Assert.True(single.to_type(float64).allclose(expected, rtol: 1e-4, atol: 1e-4));
    }

    [Fact]
    public void The_gradient_reaches_the_samples()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var features = new LogMel(frame: 16, hop: 8, bands: 3, lowest: 0);

        var samples = (rand([2, 30], float64, generator: generator) - 0.5).detach().requires_grad_();
        var result = GradCheck.Run(() => features.call(samples), [samples]);
        Assert.True(result.Within(1e-6), result.ToString());
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        using var scope = NewDisposeScope();
        var features = new LogMel();

        Assert.Contains("samples has shape [400]", Assert.Throws<ArgumentException>(() => features.call(zeros(400))).Message, StringComparison.Ordinal);
        Assert.Contains("float32 or float64", Assert.Throws<ArgumentException>(() => features.call(zeros([1, 400], int64))).Message, StringComparison.Ordinal);
        Assert.Contains("between two frequencies", Assert.Throws<ArgumentException>(() => new LogMel(bands: 200)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new LogMel(highest: 4001));
        Assert.Throws<ArgumentException>(() => new LogMel(lowest: 4000));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogMel(hop: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogMel(floor: 0));
    }

    [Fact]
    public void It_hands_over_one_tensor_and_leaves_none()
    {
        using var features = new LogMel();
        using var samples = zeros(2, 100);

        Assert.Equal(1, LiveTensors.HandedOverBy(() => features.call(samples)));
        Assert.Equal(0, LiveTensors.LeftBy(() => features.call(samples)));
        Assert.Equal(0, LiveTensors.LeftBy(() => { using var another = new LogMel(); }));
    }

    // Σₙ w[n] x[n] e^(-2πikn/N), and triangles between the three edges of each band, linear in mel.
    private static double[,] Direct(double[] samples, LogMel features, int rate, double lowest, double highest)
    {
        var transform = 1;
        while (transform < features.Frame) transform *= 2;
        var frames = (int)features.Frames(samples.Length);
        var result = new double[frames, features.Bands];
        var edges = Enumerable.Range(0, features.Bands + 2).Select(i => Mel(lowest) + (i * (Mel(highest) - Mel(lowest)) / (features.Bands + 1))).ToArray();
        for (var t = 0; t < frames; t++)
        {
            var energy = new double[features.Bands];
            for (var k = 0; k <= transform / 2; k++)
            {
                var sum = Complex.Zero;
                for (var n = 0; n < features.Frame; n++)
                    sum += samples[(t * features.Hop) + n] * Math.Pow(Math.Sin(Math.PI * n / features.Frame), 2) * Complex.FromPolarCoordinates(1, -2 * Math.PI * k * n / transform);
                var mel = Mel((double)k * rate / transform);
                for (var m = 0; m < energy.Length; m++)
                {
                    var (low, middle, high) = (edges[m], edges[m + 1], edges[m + 2]);
                    var weight = mel <= low || mel >= high ? 0 : mel <= middle ? (mel - low) / (middle - low) : (high - mel) / (high - middle);
                    energy[m] += weight * sum.Magnitude * sum.Magnitude;
                }
            }

            for (var m = 0; m < energy.Length; m++) result[t, m] = Math.Log(energy[m] + features.Floor);
        }

        return result;
    }

    // The same scale with the natural logarithm: 1127 ln(1 + f/700).
    private static double Mel(double hertz) => 2595 / Math.Log(10) * Math.Log(1 + (hertz / 700));
}
