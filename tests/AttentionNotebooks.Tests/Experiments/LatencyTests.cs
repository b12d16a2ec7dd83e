namespace AttentionNotebooks.Tests;

public sealed class LatencyTests
{
    [Fact]
    public void It_runs_the_action_as_often_as_asked_and_a_tenth_more_to_warm_up()
    {
        var calls = 0;
        var latency = Latency.Of(() => calls++, 50);
        Assert.Equal(56, calls);
        Assert.InRange(latency.Median, 0, latency.Percentile99);
    }

    [Fact]
    public void No_repetition_is_an_error() => Assert.Throws<ArgumentOutOfRangeException>(() => Latency.Of(() => { }, 0));
}
