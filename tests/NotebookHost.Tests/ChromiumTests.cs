using System.Diagnostics;
using System.Text;

namespace NotebookHost.Tests;

/// <summary>The browser behind <c>--png</c>: found or asked for before anything runs, and gone however the run ends.</summary>
public sealed class ChromiumTests : IDisposable
{
    private const string Mark = "ATTENTION_TEST_MARK";

    private readonly TemporaryFolder _folder = new();
    private readonly string _mark = Guid.NewGuid().ToString("N");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_chromium_nothing_runs_and_the_remedy_is_told()
    {
        Cells.Write(_folder.Path, "good", Cells.Code("System.IO.File.WriteAllText(\"ran\", \"\");"));
        HostCommand host = await HostCommand.EndAsync(HostCommand.StartWith(new() { [ChromiumExecutable.Variable] = _folder.File("none") }, _folder.Path, "run", "good.ipynb", "--png", "--out", "out"));

        Assert.Equal((3, ""), (host.ExitCode, host.Output));
        Assert.Contains($"{ChromiumExecutable.Variable} is {_folder.File("none")}, and there is no such file. Install Chromium, Chrome or Edge", host.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(_folder.File("ran")));
        Assert.False(Path.Exists(_folder.File("out")));
    }

    [SkippableFact]
    public async Task A_browser_that_does_not_start_is_told_and_the_page_is_there()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs a program that is no browser");
        Cells.Write(_folder.Path, "good", Figures(1));
        byte[] before = await File.ReadAllBytesAsync(_folder.File("good.ipynb"));
        HostCommand host = await HostCommand.EndAsync(HostCommand.StartWith(new() { [ChromiumExecutable.Variable] = "/bin/false" }, _folder.Path, "run", "good.ipynb", "--png", "--in-place", "--out", "out"));

        Assert.Equal(3, host.ExitCode);
        Assert.Contains("/bin/false does not start", host.Error, StringComparison.Ordinal);
        Assert.Contains("attention-plot", await File.ReadAllTextAsync(_folder.File("out", "good.html")), StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.File("good.ipynb")));
    }

    [SkippableTheory]
    // Not INT: a shell starts what runs in the background without it.
    [InlineData("TERM", 130)]
    [InlineData("KILL", 137)]
    public async Task No_browser_is_left_when_the_run_is_ended(string signal, int exitCode)
    {
        Requirement.Chromium();
        Skip.IfNot(OperatingSystem.IsLinux(), "looks into /proc");
        Cells.Write(_folder.Path, "many", Figures(100));
        byte[] before = await File.ReadAllBytesAsync(_folder.File("many.ipynb"));
        using Process host = HostCommand.StartWith(new() { [Mark] = _mark }, _folder.Path, "run", "many.ipynb", "--png", "--in-place", "--out", "out");
        await UntilAsync(() => Marked().Exists(command => command.Contains("--remote-debugging-pipe", StringComparison.Ordinal)));
        using (Process kill = Process.Start("kill", [$"-{signal}", $"{host.Id}"]))
            await kill.WaitForExitAsync();

        Assert.Equal(exitCode, (await HostCommand.EndAsync(host)).ExitCode);
        await UntilAsync(() => Marked().Count == 0);
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.File("many.ipynb")));
    }

    [SkippableFact]
    public async Task No_browser_is_left_when_the_run_is_over()
    {
        Requirement.Chromium();
        Skip.IfNot(OperatingSystem.IsLinux(), "looks into /proc");
        Cells.Write(_folder.Path, "fails", Figures(1), Cells.Code("throw new Exception();"));
        HostCommand host = await HostCommand.EndAsync(HostCommand.StartWith(new() { [Mark] = _mark }, _folder.Path, "run", "fails.ipynb", "--png", "--out", "out"));

        Assert.Equal((int)ExitCode.CellFailed, host.ExitCode);
        Assert.Contains("data:image/png", await File.ReadAllTextAsync(_folder.File("out", "fails.html")), StringComparison.Ordinal);
        await UntilAsync(() => Marked().Count == 0);
    }

    private static System.Text.Json.Nodes.JsonObject Figures(int count) => Cells.Code($$"""
        #r "AttentionNotebooks.dll"
        using AttentionNotebooks;
        Enumerable.Range(0, {{count}}).Select(i => new BarComparison($"number {i}", new Bar("a", Role.Soft, i + 1)))
        """);

    /// <summary>The commands of all living processes that come from this test's run.</summary>
    private List<string> Marked()
    {
        byte[] mark = Encoding.UTF8.GetBytes($"{Mark}={_mark}");
        var commands = new List<string>();
        foreach (string process in Directory.EnumerateDirectories("/proc").Where(folder => Path.GetFileName(folder).All(char.IsAsciiDigit)))
        {
            try
            {
                if (File.ReadAllBytes($"{process}/environ").AsSpan().IndexOf(mark) >= 0)
                    commands.Add(File.ReadAllText($"{process}/cmdline"));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile, or it is somebody else's.
            }
        }

        return commands;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(3), "It has not come about in three minutes.");
            await Task.Delay(50);
        }
    }
}
