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

    [Fact]
    public void Several_things_are_measured_in_turn()
    {
        var order = "";
        var latencies = Latency.InTurn([() => order += "a", () => order += "b"], 3);
        Assert.Equal("abababab", order);
        Assert.Equal(2, latencies.Count);
    }

    [Fact]
    public void What_takes_longer_is_found_to_take_longer()
    {
        var latencies = Latency.InTurn([() => Thread.Sleep(1), () => Thread.Sleep(20)], 3);
        Assert.True(latencies[0].Median < latencies[1].Median);
    }
}
