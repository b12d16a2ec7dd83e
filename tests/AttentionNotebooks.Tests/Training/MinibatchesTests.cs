using FsCheck.Xunit;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class MinibatchesTests
{
    [Property(MaxTest = 100)]
    public void Every_example_comes_once_an_epoch_whatever_the_sizes(byte count, byte size, byte batches)
    {
        using var scope = NewDisposeScope();
        var minibatches = new Minibatches(count + 1L);
        var generator = new Generator(count);

        var all = Enumerable.Range(0, batches % 20 + 1).SelectMany(_ => minibatches.Next(size + 1, generator).data<long>().ToArray()).ToArray();

        Assert.Equal((batches % 20 + 1) * (size + 1), all.Length);
        foreach (var epoch in all.Chunk(count + 1))
        {
            Assert.Equal(epoch.Length, epoch.Distinct().Count());
            Assert.All(epoch, index => Assert.InRange(index, 0, count));
        }
    }

    [Fact]
    public void Every_epoch_has_an_order_of_its_own_and_the_same_seed_the_same_orders()
    {
        using var scope = NewDisposeScope();
        static long[][] Epochs(ulong seed)
        {
            var (minibatches, generator) = (new Minibatches(50), new Generator(seed));
            return [.. Enumerable.Range(0, 3).Select(_ => minibatches.Next(50, generator).data<long>().ToArray())];
        }

        var epochs = Epochs(1);

        Assert.Equal(epochs, Epochs(1));
        Assert.NotEqual(epochs[0], epochs[1]);
        Assert.NotEqual(epochs[1], epochs[2]);
        Assert.NotEqual(epochs, Epochs(2));
    }

    [Fact]
    public void Where_an_epoch_stands_is_saved_with_the_module()
    {
        using var scope = NewDisposeScope();
        var (first, second, generator) = (new Minibatches(10), new Minibatches(10), new Generator(1));
        first.Next(7, generator);
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, System.Text.Encoding.UTF8, leaveOpen: true)) first.save(writer);

        bytes.Position = 0;
        second.load(new BinaryReader(bytes));

        Assert.Equal(first.Next(3, generator).data<long>().ToArray(), second.Next(3, new Generator(2)).data<long>().ToArray());
    }

    [Property(MaxTest = 60)]
    public void By_length_every_example_still_comes_once_an_epoch(byte count, byte size, byte together)
    {
        using var scope = NewDisposeScope();
        var lengths = Enumerable.Range(0, count + 1).Select(i => i * 7 % 13).ToArray();
        var minibatches = new Minibatches(lengths, together % 5 + 1);
        var generator = new Generator(count);

        var all = Enumerable.Range(0, 12).SelectMany(_ => minibatches.Next(size % 40 + 1, generator).data<long>().ToArray()).ToArray();

        foreach (var epoch in all.Chunk(count + 1)) Assert.Equal(epoch.Length, epoch.Distinct().Count());
    }

    [Fact]
    public void Batches_of_similar_length_are_padded_little_and_come_in_no_order()
    {
        using var scope = NewDisposeScope();
        var lengths = Enumerable.Range(0, 1000).Select(i => i * 37 % 50).ToArray();
        // 30 does not divide 1,000: batches go over the end of an epoch, and the next is sorted from there on.
        int[][] Batches(Minibatches minibatches)
        {
            using var generator = new Generator(3);
            return [.. Enumerable.Range(0, 100).Select(_ => minibatches.Next(30, generator).data<long>().Select(i => lengths[i]).ToArray())];
        }

        static double Padding(int[][] batches) => batches.Average(batch => batch.Max() - batch.Average());
        var (apart, some, all) = (Batches(new Minibatches(lengths.Length)), Batches(new Minibatches(lengths, 8)), Batches(new Minibatches(lengths, 100)));

        // Of 50 lengths a batch at random is padded by some 23; a stretch of 8 batches cuts that by 8.
        Assert.InRange(Padding(apart), 20, 25);
        Assert.InRange(Padding(some), 2, 6);
        Assert.InRange(Padding(all), 0, 3);
        var means = all.Select(batch => batch.Average()).ToArray();
        Assert.InRange(means.Zip(means.Skip(1)).Count(pair => pair.First < pair.Second), 30, 70);
        Assert.Equal(Batches(new Minibatches(lengths, 8)), some);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Minibatches(lengths, 0));
    }

    [Fact]
    public void A_batch_is_the_callers_and_nothing_else_is_left()
    {
        using var generator = new Generator(1);
        using var minibatches = new Minibatches(10);

        Assert.Equal(1, LiveTensors.HandedOverBy(() => minibatches.Next(25, generator)));
        Assert.Throws<ArgumentOutOfRangeException>(() => minibatches.Next(0, generator));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Minibatches(0));
    }
}
