using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TorchSharp;

namespace AttentionNotebooks;

public class SynthesisedDigitsTests
{
    private static readonly SpokenDigitData Data = SpokenDigits.Synthesised(1, speakers: 4, trainTakes: 6, testTakes: 2);

    [Fact]
    public void Everybody_says_everything()
    {
        Assert.Equal((240, 80), (Data.Train.Count, Data.Test.Count));
        Assert.Equal(["voice 1", "voice 2", "voice 3", "voice 4"], Data.Test.Speakers);
        Assert.Equal(240, Data.Train.Recordings.Select(r => (r.Digit, r.Speaker, r.Number)).Distinct().Count());
    }

    [Fact]
    public void Lengths_vary_and_samples_are_in_range()
    {
        Assert.All(Data.Train.Recordings, r => Assert.InRange(r.Samples.Length, 1500, 7000));
        Assert.True(Data.Train.Recordings.Select(r => r.Samples.Length).Distinct().Count() > 150);
        Assert.All(Data.Train.Recordings, r => Assert.InRange(r.Samples.Max(Math.Abs), 0.2f, 1f));
    }

    [Fact]
    public void A_recording_depends_on_the_seed_and_its_own_numbers_alone()
    {
        var more = SpokenDigits.Synthesised(1, speakers: 4, trainTakes: 7, testTakes: 1);
        for (var i = 0; i < 240; i++) Assert.Equal(Data.Train.Recordings[i].Samples, more.Train.Recordings[i].Samples);
        Assert.NotEqual(Data.Train.Recordings[0].Samples, Data.Test.Recordings[0].Samples);
        Assert.NotEqual(Data.Train.Recordings[0].Samples, SpokenDigits.Synthesised(2, 4, 1, 1).Train.Recordings[0].Samples);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_everywhere()
    {
        var bytes = MemoryMarshal.AsBytes<float>(Data.Train.Recordings[3].Samples).ToArray();

        Assert.Equal("863EDA5F27AADBFA", Convert.ToHexString(SHA256.HashData(bytes))[..16]);
    }

    [Fact]
    public void The_cosine_has_nine_digits()
    {
        for (var x = 0.0; x <= 1; x += 1 / 128.0) Assert.Equal(Math.Cos(Math.PI * x), Resonator.CosineOfHalfTurns(x), 1e-8);
    }

    [Fact]
    public void A_resonator_lets_its_frequency_through_and_little_else()
    {
        Assert.InRange(Loudness(1000), 0.95, 1.05);
        Assert.InRange(Loudness(400), 0, 0.2);
        Assert.InRange(Loudness(2500), 0, 0.2);

        static double Loudness(double frequency)
        {
            var resonator = new Resonator();
            resonator.Tune(1000, 100, 8000);
            return Enumerable.Range(0, 4000).Select(i => resonator.Next(Math.Sin(2 * Math.PI * frequency * i / 8000))).Skip(2000).Max();
        }
    }

    [Fact]
    public void Digits_can_be_told_apart_by_their_sound()
    {
        // The nearest mean of a few features, far from any model worth the name, beats chance by far.
        using var scope = torch.NewDisposeScope();
        var features = new LogMel(bands: 12);
        var means = Enumerable.Range(0, 10).Select(digit => torch.stack(Data.Train.Recordings.Where(r => r.Digit == digit).Select(Describe)).mean([0])).ToArray();
        var right = Data.Test.Recordings.Count(r => torch.stack(means.Select(mean => (mean - Describe(r)).square().sum())).argmin().item<long>() == r.Digit);

        Assert.InRange(right, 40, 80);

        // Four parts of equal length, the mean of each.
        torch.Tensor Describe(Recording r)
        {
            var mel = features.call(torch.tensor(r.Samples).unsqueeze(0))[0];
            mel = mel - mel.mean();
            return torch.cat(mel.tensor_split(4, 0).Select(part => part.mean([0])).ToArray());
        }
    }
}
