using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class SpeechFeaturesTests
{
    private static readonly float[][] Signals = [Noise(1, 4000), Noise(2, 150), Noise(3, 1281), Noise(4, 200), .. Enumerable.Range(5, 80).Select(i => Noise((ulong)i, 300 + (i * 7)))];

    [Fact]
    public void Features_in_a_batch_are_those_of_each_signal_alone_and_silent_after()
    {
        using var scope = NewDisposeScope();
        using var frames = new LogMel();
        using var features = SpeechFeatures.Of(frames, Signals);

        Assert.Equal(Signals.Length, features.Count);
        var indices = new long[] { 83, 1, 0, 2, 0 };
        var batch = features.Batch(tensor(indices));
        Assert.Equal([5, frames.Frames(4000), 32], batch.Features.shape);
        for (var i = 0; i < indices.Length; i++)
        {
            var alone = frames.call(tensor(Signals[indices[i]]).unsqueeze(0))[0];
            var length = batch.Lengths[i].ToInt64();
            Assert.Equal(alone.shape[0], length);
            Assert.True(batch.Features[i].narrow(0, 0, length).allclose(alone, 1e-5, 1e-5));
            Assert.Equal(0, batch.Features[i].narrow(0, length, batch.Features.shape[1] - length).abs().sum().ToDouble());
        }
    }

    [Fact]
    public void Standardised_by_its_own_statistics_a_set_has_mean_0_and_deviation_1_and_another_keeps_its_difference()
    {
        using var scope = NewDisposeScope();
        using var frames = new LogMel();
        using var louder = SpeechFeatures.Of(frames, [.. Signals.Select(signal => signal.Select(sample => 2 * sample).ToArray())]);
        using var features = SpeechFeatures.Of(frames, Signals);
        var statistics = features.Statistics();

        features.Standardise(statistics);
        louder.Standardise(statistics);

        var own = features.Statistics();
        Assert.True(own.Mean.abs().max().ToDouble() < 1e-4);
        Assert.True((own.Deviation - 1).abs().max().ToDouble() < 1e-3);
        // Twice the amplitude is log 4 more energy in every band.
        Assert.True((louder.Statistics().Mean * statistics.Deviation - Math.Log(4)).abs().max().ToDouble() < 2e-3);
    }

    [Fact]
    public void It_holds_three_tensors_and_a_batch_two()
    {
        using var frames = new LogMel();

        Assert.Equal(0, LiveTensors.LeftBy(() => SpeechFeatures.Of(frames, Signals).Dispose()));
        using var features = SpeechFeatures.Of(frames, Signals);
        using var indices = tensor(new long[] { 1, 2 });
        Assert.Equal(2, LiveTensors.HandedOverBy(() => features.Batch(indices)));
        Assert.Equal(2, LiveTensors.HandedOverBy(() => features.Statistics()));
        Assert.Throws<ArgumentException>(() => SpeechFeatures.Of(frames, []));
    }

    [Fact]
    public void The_middle_of_a_frame_is_where_its_click_is_loudest()
    {
        using var scope = NewDisposeScope();
        using var frames = new LogMel();
        for (var frame = 0; frame < 20; frame++)
        {
            var signal = zeros(1, 2000);
            signal[0, (long)frames.Middle(frame)] = 1;
            Assert.Equal(frame, frames.call(signal)[0].sum(1).argmax().ToInt64());
        }
    }

    private static float[] Noise(ulong seed, int length)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(seed);
        return (randn(length, generator: generator) * 0.1).data<float>().ToArray();
    }
}
