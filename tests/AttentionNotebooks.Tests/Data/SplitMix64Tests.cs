namespace AttentionNotebooks;

public class SplitMix64Tests
{
    private const int Draws = 100_000;

    [Fact]
    public void Normal_has_mean_0_and_deviation_1()
    {
        var random = new SplitMix64(1, 2, 3);
        var values = Enumerable.Range(0, Draws).Select(_ => (double)random.Normal()).ToArray();

        // Five standard errors: 5/√n for the mean, 5/√(2n) for the deviation.
        Assert.InRange(values.Average(), -0.016, 0.016);
        Assert.InRange(Math.Sqrt(values.Average(v => v * v)), 0.989, 1.011);
        Assert.InRange(values.Max(Math.Abs), 3, 3.47);
    }

    [Fact]
    public void Uniform_fills_its_range_evenly()
    {
        var random = new SplitMix64(1, 2, 3);
        var values = Enumerable.Range(0, Draws).Select(_ => (double)random.Uniform(-2, 6)).ToArray();

        // Mean 2, deviation 8/√12 = 2.31, standard error 0.0073.
        Assert.InRange(values.Average(), 1.963, 2.037);
        Assert.All(values, value => Assert.InRange(value, -2, 6));
        Assert.InRange(values.Count(v => v < 0), 24_300, 25_700);
    }

    [Fact]
    public void Below_draws_each_number_equally_often()
    {
        var random = new SplitMix64(4, 5, 6);
        var counts = new int[7];
        for (var i = 0; i < Draws; i++)
            counts[random.Below(7)]++;

        // Expected 14,286, deviation 111.
        Assert.All(counts, count => Assert.InRange(count, 13_700, 14_900));
    }

    [Fact]
    public void Neighbouring_keys_give_unrelated_streams()
    {
        var firsts = new HashSet<ulong>();
        for (var seed = 0UL; seed < 20; seed++)
        {
            for (var stream = 0UL; stream < 20; stream++)
            {
                for (var number = 0UL; number < 50; number++)
                    firsts.Add(new SplitMix64(seed, stream, number).Next());
            }
        }

        Assert.Equal(20 * 20 * 50, firsts.Count);
    }
}
