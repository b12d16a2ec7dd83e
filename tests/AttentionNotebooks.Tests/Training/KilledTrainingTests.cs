using System.Diagnostics;
using System.Globalization;

namespace AttentionNotebooks;

/// <summary>A run of another process that is killed, without a chance to write anything, and started again.</summary>
public sealed class KilledTrainingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_killed_five_times_ends_in_the_numbers_of_an_unbroken_one()
    {
        var unbroken = Lines(Checkpoint("unbroken"));

        // Checkpoints are at every eighth step: some are killed right after one, some between two.
        var firstSteps = new List<int>();
        foreach (var step in new[] { 8, 28, 56, 60, 100 }) firstSteps.Add(KillAt(Checkpoint("killed"), step));
        var resumed = Lines(Checkpoint("killed"));

        Assert.Equal(31, unbroken.Length);
        Assert.Equal(64, unbroken[^1].Length);
        Assert.Equal(unbroken[^1], resumed[^1]);
        // It went on, and did not begin again: each time from the last checkpoint.
        Assert.Equal(4, firstSteps[0]);
        Assert.All(firstSteps.Zip(firstSteps.Skip(1)), pair => Assert.True(pair.Second >= pair.First, $"{pair}"));
        Assert.True(firstSteps[^1] > 50, $"{firstSteps[^1]}");
        Assert.True(int.Parse(resumed[0], CultureInfo.InvariantCulture) > 80, resumed[0]);
    }

    private string Checkpoint(string name) => Path.Combine(folder.Path, name, "run.checkpoint");

    private static string[] Lines(string checkpoint)
    {
        using var process = Start(checkpoint);
        var error = process.StandardError.ReadToEndAsync();
        var lines = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Kills it as soon as it tells a step; gives the first step that it told.</summary>
    private static int KillAt(string checkpoint, int step)
    {
        using var process = Start(checkpoint);
        int? first = null;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            var told = int.Parse(line, CultureInfo.InvariantCulture);
            first ??= told;
            if (told >= step) break;
        }

        process.Kill();
        process.WaitForExit();
        return first ?? throw new InvalidOperationException("It told nothing.");
    }

    private static Process Start(string checkpoint)
    {
        var program = AppContext.BaseDirectory.Replace("AttentionNotebooks.Tests", "KilledTraining", StringComparison.Ordinal);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(program, "KilledTraining.dll"));
        start.ArgumentList.Add(checkpoint);
        return Process.Start(start)!;
    }
}
