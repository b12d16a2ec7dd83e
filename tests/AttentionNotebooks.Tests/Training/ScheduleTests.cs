namespace AttentionNotebooks;

public class ScheduleTests
{
    [Fact]
    public void A_cosine_falls_from_one_over_a_half_to_almost_nothing()
    {
        var shares = Enumerable.Range(0, 100).Select(step => new Cosine().At(step, 100)).ToArray();

        Assert.Equal(1, shares[0]);
        Assert.Equal(0.5, shares[50], 12);
        Assert.InRange(shares[99], 0, 0.001);
        Assert.Equal(shares.OrderDescending(), shares);
    }

    [Fact]
    public void A_constant_stays()
    {
        Assert.Equal(1, new Constant().At(0, 10));
        Assert.Equal(1, new Constant().At(9, 10));
    }

    [Fact]
    public void Warming_up_grows_evenly_and_then_the_other_schedule_begins_from_its_start()
    {
        var schedule = new WarmUp(4, new Cosine());

        Assert.Equal([0.25, 0.5, 0.75, 1], Enumerable.Range(0, 4).Select(step => schedule.At(step, 24)));
        Assert.Equal(1, schedule.At(4, 24));
        Assert.Equal(new Cosine().At(10, 20), schedule.At(14, 24));
        Assert.Equal(1, new WarmUp(10, new Constant()).At(9, 5));
    }

    [Fact]
    public void Progress_runs_from_nothing_to_one()
    {
        using var generator = new TorchSharp.torch.Generator(1);

        Assert.Equal(0, new TrainingMoment(1, 5, 1, generator).Progress);
        Assert.Equal(0.5, new TrainingMoment(3, 5, 1, generator).Progress);
        Assert.Equal(1, new TrainingMoment(5, 5, 1, generator).Progress);
        Assert.Equal(0, new TrainingMoment(1, 1, 1, generator).Progress);
    }
}
