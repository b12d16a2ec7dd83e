using TorchSharp;

namespace AttentionNotebooks;

public class HeldNumbersTests
{
    [Fact]
    public void Numbers_live_until_libtorch_has_read_them_while_another_thread_collects_garbage()
    {
        // Without tests.runsettings some hundred in a million calls fail so: “Unknown scalar type”, or an assertion in Scalar.h.
        Assert.Equal("1", Environment.GetEnvironmentVariable("DOTNET_JITMinOpts"));
        using var stop = new CancellationTokenSource();
        var litter = new Thread(() => Litter(stop.Token)) { IsBackground = true };
        litter.Start();
        try
        {
            using var three = torch.full(1000, 3.0);
            for (var i = 0; i < 100_000; i++)
            {
                using var scope = torch.NewDisposeScope();
                _ = three.square() * 2.0;
            }
        }
        finally
        {
            stop.Cancel();
            litter.Join();
        }
    }

    private static void Litter(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested) GC.KeepAlive(new byte[200]);
    }
}
