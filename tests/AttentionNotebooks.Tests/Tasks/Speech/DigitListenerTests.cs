using static TorchSharp.torch;

namespace AttentionNotebooks;

public class DigitListenerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_recording_is_heard_the_same_alone_and_among_longer_ones(bool softly)
    {
        using var scope = NewDisposeScope();
        using var listener = Make(softly ? new Expected() : new MostLikely());
        var lengths = new long[] { 9, 50, 23 };
        var batch = ListenerTests.Batch(lengths, seed: 2);

        var hearing = listener.Classify(listener.Hear(batch), null);

        Assert.Equal([3, 10], hearing.Logits.shape);
        Assert.Equal([3, 1, 13], hearing.Attended.Weights.shape);
        for (var i = 0; i < lengths.Length; i++)
        {
            var alone = listener.Hear(new(batch.Features.narrow(0, i, 1).narrow(1, 0, lengths[i]), tensor(new[] { lengths[i] })));
            Assert.True(listener.Classify(alone, null).Logits[0].allclose(hearing.Logits[i], 1e-4, 1e-5));
        }
    }

    [Fact]
    public void Averaging_is_attention_that_cannot_aim()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var listener = new DigitListener(Mechanisms.Average.Over(() => throw new InvalidOperationException("A control has no score.")), 3, generator);
        var heard = listener.Hear(ListenerTests.Batch([9, 50], seed: 2));

        Assert.True(listener.Classify(heard, null).Attended.Context.squeeze(1).allclose(heard.Overview(), 1e-5, 1e-6));
    }

    [Fact]
    public void It_leaves_no_tensor()
    {
        using var listener = Make(new MostLikely());
        using var scope = NewDisposeScope();
        var heard = listener.Hear(ListenerTests.Batch([9, 50], seed: 2));
        var recorded = 0L;

        Assert.Equal(LiveTensors.HandedOverBy(() => recorded = LiveTensors.Of(listener.Classify(heard, null).Attended)), 1 + recorded);
        Assert.Equal(1, LiveTensors.HandedOverBy(() => heard.Overview()));
    }

    private static DigitListener Make(Read read)
    {
        using var generator = new Generator(1);
        return new(new Attention(new AdditiveScore(DigitListener.QueryFeatures, DigitListener.KeyFeatures, 8), new Softmax(), read), 3, generator);
    }
}
