namespace NotebookHost.Tests;

[Collection(ProcessConsole.Name)]
public sealed class ExperimentCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("experiment", "run")]
    [InlineData("experiment", "run", "no-such-experiment")]
    [InlineData("experiment", "walk")]
    public async Task Wrong_usage_gives_exit_code_2(params string[] arguments) =>
        Assert.Equal((int)ExitCode.Usage, await AttentionCommand.InvokeAsync(arguments));

    [Theory]
    [InlineData("8/8")]
    [InlineData("all")]
    public async Task A_shard_that_is_none_is_told(string shard)
    {
        HostCommand host = await HostCommand.RunAsync(_folder.Path, "experiment", "run", "digits-cluttered", "--shard", shard);

        Assert.Equal(2, host.ExitCode);
        Assert.Contains("--shard", host.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("3-1")]
    [InlineData("0-1-2")]
    [InlineData("")]
    public async Task Seeds_that_are_none_are_told(string seeds)
    {
        HostCommand host = await HostCommand.RunAsync(_folder.Path, "experiment", "run", "digits-cluttered", "--seeds", seeds);

        Assert.Equal((2, ""), (host.ExitCode, host.Output));
        Assert.Contains("--seeds", host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Experiments_are_listed_with_what_they_need()
    {
        HostCommand host = await HostCommand.RunAsync(_folder.Path, "experiment", "list");

        Assert.Equal((0, ""), (host.ExitCode, host.Error));
        string[] lines = host.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(AttentionNotebooks.TaskList.All.Count, lines.Length);
        Assert.Contains(lines, line => line.StartsWith("translation-iso ", StringComparison.Ordinal) && line.EndsWith("embedded", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith("needs multi30k", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Outside_a_repository_there_is_nowhere_to_keep_results()
    {
        HostCommand host = await HostCommand.RunAsync(_folder.Path, "experiment", "run", "digits-cluttered");

        Assert.Equal(3, host.ExitCode);
        Assert.Contains("There is no AttentionNotebooks.sln", host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_without_a_place_for_it_is_an_error_and_changes_nothing()
    {
        File.WriteAllText(_folder.File("AttentionNotebooks.sln"), "");
        Directory.CreateDirectory(_folder.File("data"));
        File.WriteAllText(_folder.File("data", "README.md"), "# Data\n");

        HostCommand host = await HostCommand.RunAsync(_folder.Path, "experiment", "report");

        Assert.Equal(3, host.ExitCode);
        Assert.Contains("it has no place for the results", host.Error, StringComparison.Ordinal);
        Assert.Equal("# Data\n", await File.ReadAllTextAsync(_folder.File("data", "README.md")));
    }
}
