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
    public async Task A_contender_that_an_experiment_has_not_is_told_with_those_it_has_before_any_trains()
    {
        File.WriteAllText(_folder.File("AttentionNotebooks.sln"), "");

        HostCommand host = await HostCommand.RunAsync(_folder.Path, "experiment", "run", "boxes", "spans", "--only", "exact");

        Assert.Equal((2, ""), (host.ExitCode, host.Output));
        Assert.StartsWith("spans has no contender “exact”. It has “", host.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("data")));
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
    public async Task A_report_writes_results_and_verdicts_between_their_marks_and_merges_shards()
    {
        File.WriteAllText(_folder.File("AttentionNotebooks.sln"), "");
        string results = _folder.File(Path.Combine("data", "results"));
        Directory.CreateDirectory(results);
        File.WriteAllText(_folder.File("README.md"), "ours <!-- verdicts: begin --> old <!-- verdicts: end --> ours too");
        File.WriteAllText(_folder.File(Path.Combine("data", "README.md")), "<!-- results: begin --><!-- results: end -->");
        File.WriteAllText(_folder.File(Path.Combine("data", "reproductions.md")), string.Concat(AttentionNotebooks.Reproductions.All.Select(one => $"# {one.Experiment}\n<!-- {one.Experiment}: begin --><!-- {one.Experiment}: end -->\n")));
        string[] rows = [.. Enumerable.Range(0, 3).Select(seed => Row("soft", seed, 0.9)), .. Enumerable.Range(0, 3).Select(seed => Row("hard, leave-one-out", seed, 0.8))];
        File.WriteAllText(Path.Combine(results, "digits-cluttered.0-of-2.jsonl"), string.Concat(rows.Take(4)));
        File.WriteAllText(Path.Combine(results, "digits-cluttered.1-of-2.jsonl"), string.Concat(rows.Skip(3)));

        HostCommand host = await HostCommand.RunAsync(_folder.Path, "experiment", "report");

        Assert.Equal((0, ""), (host.ExitCode, host.Error));
        string readme = await File.ReadAllTextAsync(_folder.File("README.md"));
        Assert.StartsWith("ours <!-- verdicts: begin -->\n\n| claim |", readme, StringComparison.Ordinal);
        Assert.EndsWith("<!-- verdicts: end --> ours too", readme, StringComparison.Ordinal);
        Assert.Contains("✓ +10.0 [+10.0, +10.0] of +2.0, 3 seeds, [digits-cluttered](data/results/digits-cluttered.jsonl): accuracy, soft over hard, leave-one-out", readme, StringComparison.Ordinal);
        Assert.Contains("| hard, leave-one-out | Expected |", await File.ReadAllTextAsync(_folder.File(Path.Combine("data", "README.md"))), StringComparison.Ordinal);
        string reproduced = await File.ReadAllTextAsync(_folder.File(Path.Combine("data", "reproductions.md")));
        Assert.Contains("# ram-mnist\n<!-- ram-mnist: begin -->\n\n| |", reproduced.Replace("|  |", "| |", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("| RAM, 6 glimpses | 1.12 | 1.29 | 1.21 | – | – | – | – | not run yet |", reproduced, StringComparison.Ordinal);
        Assert.Equal(["digits-cluttered.jsonl"], Directory.EnumerateFiles(results).Select(Path.GetFileName));
    }

    private static string Row(string condition, int seed, double accuracy) =>
        $$$"""{"experiment":"digits-cluttered","condition":"{{{condition}}}","seed":{{{seed}}},"profile":"quick","steps":1,"results":{"Expected":{"accuracy":{{{accuracy}}}}},"seconds":1,"processorSeconds":1,"peakMegabytes":1,"versions":"v","machine":"m"}""" + "\n";

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
