using TorchSharp;

namespace AttentionNotebooks.Tests;

public sealed class PeakMemoryTests
{
    [Fact]
    public void A_tensor_of_64_MB_is_seen_though_it_is_gone_at_the_end()
    {
        var peak = PeakMemory.Of(() => torch.ones(16_000_000).Dispose());
        if (OperatingSystem.IsLinux()) Assert.NotNull(peak);
        if (peak is { } megabytes) Assert.InRange(megabytes, 60, 80);
    }

    [Fact]
    public void Two_at_a_time_need_twice_as_much_as_one_after_the_other()
    {
        static void One() => torch.ones(8_000_000).Dispose();
        var (after, together) = (PeakMemory.Of(() => { One(); One(); }), PeakMemory.Of(() =>
        {
            using var first = torch.ones(8_000_000);
            One();
        }));
        if (after is { } less && together is { } more) Assert.InRange(more / less, 1.6, 2.4);
    }

    [Fact]
    public void What_needs_nothing_measures_next_to_nothing()
    {
        if (PeakMemory.Of(() => { }) is { } megabytes) Assert.InRange(megabytes, 0, 10);
    }
}
