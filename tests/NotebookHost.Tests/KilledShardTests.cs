using System.Diagnostics;
using System.Text.Json.Nodes;

namespace NotebookHost.Tests;

/// <summary>A shard that is killed in the middle of a run, without a chance to write anything, and started again.</summary>
public sealed class KilledShardTests : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_resumed_file_is_that_of_an_unbroken_one_apart_from_times()
    {
        string[] unbroken = await RowsOfAsync(Repository("unbroken"));

        string broken = Repository("broken");
        // In the middle of the first run; as its row is there, and its checkpoint is still; in the middle of the second.
        KillWhen(broken, () => Checkpoints(broken, "hardnobaseline").Length == 1);
        Assert.Empty(Rows(broken));
        KillWhen(broken, () => Rows(broken).Length == 1);
        string first = Assert.Single(Rows(broken));
        KillWhen(broken, () => Checkpoints(broken, "controlrandomlocation").Length == 1);
        string[] resumed = await RowsOfAsync(broken);

        Assert.Equal(2, unbroken.Length);
        Assert.Equal(unbroken.Select(WithoutTimes), resumed.Select(WithoutTimes));
        Assert.Equal(first, resumed[0]);
        Assert.Empty(Checkpoints(broken));
        Assert.Equal(resumed, await RowsOfAsync(broken));
    }

    private static string[] Arguments => ["experiment", "run", "digits-estimators", "--shard", "0/2", "--only", "hard, no baseline", "--only", "control, no estimator", "--only", "control, random location", "--device", "cpu"];

    private static string WithoutTimes(string line)
    {
        JsonObject row = JsonNode.Parse(line)!.AsObject();
        foreach (string time in (string[])["seconds", "processorSeconds", "peakMegabytes"])
            Assert.True(row.Remove(time));
        Assert.True(row["curve"]!.AsObject().Remove("seconds"));
        return row.ToJsonString();
    }

    private static string[] Checkpoints(string repository, string of = "")
    {
        string checkpoints = Path.Combine(repository, "artifacts", "checkpoints");
        return Directory.Exists(checkpoints) ? Directory.GetFiles(checkpoints, $"*{of}*.checkpoint") : [];
    }

    private static string[] Rows(string repository)
    {
        string file = Path.Combine(repository, "data", "results", "digits-estimators.0-of-2.jsonl");
        return File.Exists(file) ? File.ReadAllLines(file) : [];
    }

    private static async Task<string[]> RowsOfAsync(string repository)
    {
        HostCommand host = await HostCommand.RunAsync(repository, Arguments);
        Assert.Equal((0, ""), (host.ExitCode, host.Error));
        return Rows(repository);
    }

    private static void KillWhen(string repository, Func<bool> ready)
    {
        using Process process = HostCommand.Start(repository, Arguments);
        bool seen = SpinWait.SpinUntil(() => ready() || process.HasExited, _patience) && !process.HasExited;
        process.Kill();
        process.WaitForExit();
        Assert.True(seen, "It ended before it could be killed.");
    }

    private string Repository(string name)
    {
        string repository = _folder.File(name);
        Directory.CreateDirectory(repository);
        File.WriteAllText(Path.Combine(repository, "AttentionNotebooks.sln"), "");
        return repository;
    }
}
