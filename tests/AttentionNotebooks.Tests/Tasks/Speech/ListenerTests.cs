using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class ListenerTests
{
    private const long Bands = 3;

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Padding_never_matters(int recurrent)
    {
        using var scope = NewDisposeScope();
        using var listener = Make(recurrent);
        var lengths = new long[] { 1, 7, 8, 9, 33, 40 };
        var batch = Batch(lengths, seed: 2);

        var together = listener.call(batch);

        Assert.Equal([6, 5, recurrent > 0 ? recurrent : 4], together.States.shape);
        for (var i = 0; i < lengths.Length; i++)
        {
            var alone = listener.call(new(batch.Features.narrow(0, i, 1).narrow(1, 0, lengths[i]), tensor(new[] { lengths[i] })));
            var n = (lengths[i] + 7) / 8;
            Assert.Equal(n, alone.States.shape[1]);
            Assert.True(alone.Mask.all().ToBoolean());
            Assert.Equal(n, together.Mask[i].sum().ToInt64());
            Assert.True(together.Mask[i].narrow(0, 0, n).all().ToBoolean());
            Assert.True(together.States[i].narrow(0, 0, n).allclose(alone.States[0], 1e-5, 1e-6));
            Assert.Equal(0, together.States[i].narrow(0, n, 5 - n).abs().sum().ToDouble());
            Assert.True(together.Overview()[i].allclose(alone.States[0].mean([0]), 1e-5, 1e-6));
        }
    }

    [Fact]
    public void A_location_is_centred_on_the_frame_that_it_stands_for()
    {
        using var scope = NewDisposeScope();
        using var listener = Make(0);
        var silent = zeros(1, 81, Bands);
        var before = Hear(listener, silent);
        for (long location = 2; location < 9; location++)
        {
            var clicked = silent.clone();
            clicked[0, location * listener.Reduction] = 1;
            var changed = (Hear(listener, clicked) - before).abs().sum(2)[0].gt(0).nonzero().flatten().data<long>().ToArray();

            // As far to the left as to the right: the filters' middles are on it.
            Assert.Equal(2 * location, changed.Min() + changed.Max());
        }
    }

    [Fact]
    public void With_a_recurrent_layer_nothing_is_heard_before_it_was_said()
    {
        using var scope = NewDisposeScope();
        using var listener = Make(5);
        var batch = Batch([80], seed: 3);
        var changed = batch with { Features = batch.Features.clone() };
        changed.Features[0].narrow(0, 64, 16).zero_();

        var same = listener.call(batch).States.isclose(listener.call(changed).States, 1e-6, 1e-7).all(2)[0].data<bool>().ToArray();

        // The filters look ahead by 2 and 4 frames of theirs: 2 + 4·1 of the first.
        Assert.True(same[..7].All(each => each));
        Assert.False(same[8]);
        Assert.False(same[9]);
    }

    [Fact]
    public void The_same_seed_makes_the_same_listener_and_it_leaves_no_tensor()
    {
        using var scope = NewDisposeScope();
        using var batch = Batch([20, 9], seed: 4).Features;
        var lengths = tensor(new long[] { 20, 9 });
        using (var one = Make(5))
        using (var same = Make(5))
        using (var other = Make(5, seed: 8))
        {
            var heard = one.call(new(batch, lengths)).States;
            Assert.True(heard.Equals(same.call(new(batch, lengths)).States));
            Assert.False(heard.Equals(other.call(new(batch, lengths)).States));
            Assert.Equal(2, LiveTensors.HandedOverBy(() => one.call(new(batch, lengths))));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new Listener(3, [new(4, 2, 1)], 0, Random(1)));
    }

    internal static SpeechBatch Batch(long[] lengths, ulong seed, long bands = Bands)
    {
        using var generator = Random(seed);
        var mask = arange(lengths.Max()) < tensor(lengths).unsqueeze(1);
        return new(randn([lengths.Length, lengths.Max(), bands], generator: generator) * mask.unsqueeze(-1), tensor(lengths));
    }

    private static Tensor Hear(Listener listener, Tensor features) => listener.call(new(features, tensor(new[] { features.shape[1] }))).States;

    private static Listener Make(long recurrent, ulong seed = 7)
    {
        using var generator = Random(seed);
        var listener = new Listener(Bands, [new(6, 5, 4), new(4, 3, 2)], recurrent, generator);
        // Biases too, so that silence is heard as something where it lasts.
        using var _ = no_grad();
        foreach (var parameter in listener.parameters().Where(parameter => parameter.dim() == 1)) parameter.uniform_(0.1, 0.5, generator);
        return listener;
    }

    private static Generator Random(ulong seed) => new(seed);
}
