using MathNet.Numerics.Distributions;

namespace AttentionNotebooks;

public class PairedEffectTests
{
    [Theory]
    [InlineData("normal", 10, 0.95)]
    [InlineData("normal", 8, 0.95)]
    [InlineData("normal", 5, 0.95)]
    [InlineData("normal", 10, 0.99)]
    [InlineData("normal", 5, 0.99)]
    [InlineData("uniform", 10, 0.95)]
    [InlineData("uniform", 5, 0.95)]
    [InlineData("mostly zero", 20, 0.95)]
    public void Intervals_hold_the_true_mean_as_often_as_they_promise(string distribution, int seeds, double confidence)
    {
        const int trials = 1000;
        var random = new Random(7);
        IContinuousDistribution drawn = distribution switch
        {
            "normal" => new Normal(0.3, 2, random),
            "uniform" => new ContinuousUniform(-1, 1, random),
            _ => new Exponential(0.5, random),
        };
        // Where most seeds say nothing, as where both conditions are always right.
        double Draw() => distribution != "mostly zero" || random.Next(2) == 0 ? drawn.Sample() : 0;
        var mean = distribution != "mostly zero" ? drawn.Mean : drawn.Mean / 2;

        var held = Enumerable.Range(0, trials).Count(_ =>
        {
            var effect = new PairedEffect([.. Enumerable.Range(0, seeds).Select(_ => Draw())], confidence);
            return effect.Low <= mean && mean <= effect.High;
        });

        // Three standard errors of the count itself; and skewed seeds keep a few points less than they promise.
        var error = Math.Sqrt(confidence * (1 - confidence) / trials);
        Assert.True(held / (double)trials > confidence - 3 * error - (distribution == "mostly zero" ? 0.04 : 0.01), $"{held} of {trials} for {confidence}");
    }

    [Fact]
    public void An_interval_is_no_wider_than_it_must_be()
    {
        double[] differences = [0.9, 1.1, 1.0, 0.8, 1.2, 1.05, 0.95, 1.0, 0.9, 1.1];
        var student = StudentT.InvCDF(0, 1, 9, 0.975) * MathNet.Numerics.Statistics.Statistics.StandardDeviation(differences) / Math.Sqrt(10);

        var effect = new PairedEffect(differences);

        Assert.Equal(1.0, effect.Mean, 1e-12);
        Assert.InRange(effect.High - effect.Mean, 0.85 * student, 1.15 * student);
        Assert.InRange(effect.Mean - effect.Low, 0.85 * student, 1.15 * student);
    }

    [Fact]
    public void The_same_differences_give_the_same_interval()
    {
        double[] differences = [0.1, 0.4, -0.2, 0.3];

        Assert.Equal(new PairedEffect(differences).Low, new PairedEffect([.. differences]).Low);
        Assert.Equal(-new PairedEffect(differences).High, new PairedEffect([.. differences.Select(d => -d)]).Low, 0.05);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Fewer_than_three_seeds_say_nothing(int seeds)
    {
        var effect = new PairedEffect([.. Enumerable.Repeat(0.5, seeds)]);

        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (effect.Low, effect.High));
        Assert.Equal(Verdict.Undecided, effect.Judge(0.1));
    }

    [Fact]
    public void Seeds_that_all_say_the_same_leave_no_doubt()
    {
        var effect = new PairedEffect([0, 0, 0, 0]);

        Assert.Equal((0, 0), (effect.Low, effect.High));
        Assert.Equal(Verdict.NotSupported, effect.Judge(0.02));
        Assert.Equal(Verdict.Supported, effect.Judge(-0.02));
    }

    [Theory]
    [InlineData(0.10, 0.02, Verdict.Supported)]
    [InlineData(-0.10, 0.02, Verdict.NotSupported)]
    [InlineData(0.005, 0.02, Verdict.NotSupported)]
    [InlineData(0.005, -0.02, Verdict.Supported)]
    [InlineData(-0.10, -0.02, Verdict.NotSupported)]
    [InlineData(-0.02, -0.02, Verdict.Undecided)]
    public void An_effect_is_judged_by_its_interval_and_the_smallest_that_matters(double mean, double least, Verdict verdict) =>
        Assert.Equal(verdict, new PairedEffect([.. new[] { -2, -1, -1, 0, 0, 0, 1, 1, 2, 0.0 }.Select(d => mean + 0.001 * d)]).Judge(least));

    [Fact]
    public void A_surer_interval_is_wider()
    {
        double[] differences = [0.1, 0.4, -0.2, 0.3, 0.2, 0.0];

        Assert.True(new PairedEffect(differences, 0.99).Low < new PairedEffect(differences, 0.9).Low);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairedEffect(differences, 1));
    }
}
