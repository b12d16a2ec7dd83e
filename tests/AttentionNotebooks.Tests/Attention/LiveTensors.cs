using TorchSharp;

namespace AttentionNotebooks;

/// <summary>Counts tensors that somebody still has to dispose of.</summary>
internal static class LiveTensors
{
    /// <summary>How many more live tensors this thread has after the work than before; its scope is not counted.</summary>
    public static long LeftBy(Action work)
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (torch.NewDisposeScope()) work();
        return DisposeScopeManager.Statistics.ThreadTotalLiveCount - before;
    }

    /// <summary>How many tensors a call hands to the scope around it: its results, and nothing else.</summary>
    public static long HandedOverBy(Action call)
    {
        using var scope = torch.NewDisposeScope();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        call();
        return DisposeScopeManager.Statistics.ThreadTotalLiveCount - before;
    }

    /// <summary>How many tensors a record holds.</summary>
    public static int Of(AttentionResult result)
    {
        var count = new[] { result.Context, result.Choice, result.Shares, result.LogProbability, result.Entropy }.Count(tensor => tensor is not null);
        _ = result.Locations.Map(part =>
        {
            count++;
            return part;
        });
        return count;
    }
}
