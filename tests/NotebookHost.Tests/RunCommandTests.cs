using System.Diagnostics;
using System.Text.Json.Nodes;

namespace NotebookHost.Tests;

[Collection(ProcessConsole.Name)]
public sealed class RunCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("run", "--jobs", "0")]
    [InlineData("run", "--jobs", "many")]
    [InlineData("run", "--profile", "slow")]
    [InlineData("run", "--seed", "x")]
    [InlineData("run", "--device", "tpu")]
    [InlineData("run", "--nothing", "x")]
    [InlineData("walk")]
    public async Task Wrong_usage_gives_exit_code_2(params string[] arguments) =>
        Assert.Equal((int)ExitCode.Usage, await AttentionCommand.InvokeAsync(arguments));

    [Fact]
    public async Task Usage_and_the_environment_are_told_on_the_error_stream()
    {
        HostCommand usage = await HostCommand.RunAsync(_folder.Path, "run", "--jobs", "0");
        Assert.Equal((2, ""), (usage.ExitCode, usage.Output));
        Assert.Contains("--jobs must be at least 1", usage.Error, StringComparison.Ordinal);

        HostCommand nothing = await HostCommand.RunAsync(_folder.Path);
        Assert.Equal((3, ""), (nothing.ExitCode, nothing.Output));
        Assert.Contains("There is no AttentionNotebooks.sln", nothing.Error, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("run")]
    [InlineData("experiment", "run", "translation-iso")]
    public async Task A_GPU_that_is_not_there_gives_exit_code_3_before_anything_runs(params string[] command)
    {
        Skip.If(AttentionNotebooks.Cuda.IsInBuild, "this build has CUDA");
        File.WriteAllText(_folder.File("AttentionNotebooks.sln"), "");
        Directory.CreateDirectory(_folder.File("notebooks"));
        Cells.Write(_folder.File("notebooks"), "01-a", Cells.Code("System.IO.File.WriteAllText(\"ran\", \"\");"));
        HostCommand host = await HostCommand.RunAsync(_folder.Path, [.. command, "--device", "cuda"]);

        Assert.Equal((3, ""), (host.ExitCode, host.Output));
        Assert.Contains("There is no CUDA in this build. Build it for CUDA: dotnet build -c Release -p:TorchBackend=cuda", host.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(_folder.File("notebooks", "ran")));
    }

    [Fact]
    public async Task The_device_is_handed_to_the_notebook()
    {
        string notebook = Cells.Write(_folder.Path, "asks", Cells.Code("Console.Write(Environment.GetEnvironmentVariable(\"ATTENTION_DEVICE\"));"));
        await HostCommand.RunAsync(_folder.Path, "run", notebook, "--out", "cpu", "--device", "cpu");
        await HostCommand.EndAsync(HostCommand.StartWith(new(StringComparer.Ordinal) { ["ATTENTION_DEVICE"] = null }, _folder.Path, "run", notebook, "--out", "auto"));

        Assert.Contains("\"cpu\"", await File.ReadAllTextAsync(_folder.File("cpu", "asks.ipynb")), StringComparison.Ordinal);
        Assert.Contains("\"auto\"", await File.ReadAllTextAsync(_folder.File("auto", "asks.ipynb")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_notebook_gives_exit_code_3_before_anything_runs()
    {
        string good = Cells.Write(_folder.Path, "good", Cells.Code("System.IO.File.WriteAllText(\"ran\", \"\");"));
        Assert.Equal((int)ExitCode.Environment, await AttentionCommand.InvokeAsync(["run", good, _folder.File("missing.ipynb"), "--out", _folder.File("out")]));
        Assert.False(Path.Exists(_folder.File("ran")));
    }

    [Fact]
    public async Task Two_notebooks_of_one_name_are_refused()
    {
        Directory.CreateDirectory(_folder.File("a"));
        string[] same = [Cells.Write(_folder.Path, "same"), Cells.Write(_folder.File("a"), "same")];
        Assert.Equal((int)ExitCode.Environment, await AttentionCommand.InvokeAsync(["run", .. same, "--out", _folder.File("out")]));
    }

    [Fact]
    public async Task An_output_folder_that_cannot_be_gives_exit_code_3()
    {
        string notebook = Cells.Write(_folder.Path, "good", Cells.Code("1"));
        Assert.Equal((int)ExitCode.Environment, await AttentionCommand.InvokeAsync(["run", notebook, "--out", Path.Combine(notebook, "below-a-file")]));
    }

    [Fact]
    public async Task Without_arguments_the_series_of_the_repository_runs_in_order()
    {
        File.WriteAllText(_folder.File("AttentionNotebooks.sln"), "");
        Directory.CreateDirectory(_folder.File("notebooks"));
        Directory.CreateDirectory(_folder.File("lib", "deep"));
        Cells.Write(_folder.File("notebooks"), "02-b", Cells.Markdown("# B"));
        Cells.Write(_folder.File("notebooks"), "01-a", Cells.Markdown("# A"), Cells.Code("1"));
        HostCommand host = await HostCommand.RunAsync(_folder.File("lib", "deep"));
        Assert.Equal((0, ""), (host.ExitCode, host.Error));
        string index = await File.ReadAllTextAsync(_folder.File("artifacts", "index.html"));
        Assert.True(index.IndexOf("01-a.html", StringComparison.Ordinal) is > 0 and var first && first < index.IndexOf("02-b.html", StringComparison.Ordinal));
        Assert.Contains("2 of 2 notebooks done.", index, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupting_keeps_what_has_run_and_leaves_no_process()
    {
        // Windows has no signal that one process could send another.
        if (OperatingSystem.IsWindows())
            return;

        string notebook = Cells.Write(_folder.Path, "endless",
            Cells.Code("Console.Write(\"kept\");"),
            Cells.Code("System.IO.File.WriteAllText(\"looping\", $\"{Environment.ProcessId}\"); while (true) { }"));
        string later = Cells.Write(_folder.Path, "later", Cells.Code("1"));
        using Process host = HostCommand.Start(_folder.Path, "run", notebook, later, "--out", "out");
        while (!Path.Exists(_folder.File("looping")))
            await Task.Delay(50);
        int worker = int.Parse(await File.ReadAllTextAsync(_folder.File("looping")), System.Globalization.CultureInfo.InvariantCulture);
        using (Process kill = Process.Start("kill", ["-TERM", $"{host.Id}"]))
            await kill.WaitForExitAsync();
        HostCommand ended = await HostCommand.EndAsync(host);

        Assert.Equal((int)ExitCode.Interrupted, ended.ExitCode);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(worker));
        JsonNode executed = JsonNode.Parse(await File.ReadAllTextAsync(_folder.File("out", "endless.ipynb")))!;
        NbFormat.AssertValid(executed);
        Assert.Contains("kept", executed["cells"]![0]!["outputs"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("interrupted in cell 2", await File.ReadAllTextAsync(_folder.File("out", "endless.html")), StringComparison.Ordinal);
        string index = await File.ReadAllTextAsync(_folder.File("out", "index.html"));
        Assert.Contains("interrupted at cell 2", index, StringComparison.Ordinal);
        Assert.Contains("not run", index, StringComparison.Ordinal);
        Assert.False(Path.Exists(_folder.File("out", "later.html")));
    }
}
