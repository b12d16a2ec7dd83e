using AttentionNotebooks;
using Spectre.Console;

namespace NotebookHost.Tests;

public sealed class DoctorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CheckState.Ok, CheckState.Ok, "All green.")]
    [InlineData(CheckState.Ok, CheckState.Warning, "Everything needed is there. Not as it could be: second.")]
    [InlineData(CheckState.Missing, CheckState.Ok, "The series needs, and does not have: first.")]
    [InlineData(CheckState.Missing, CheckState.Warning, "The series needs, and does not have: first. Not as it could be: second.")]
    internal async Task The_worst_of_all_checks_decides(CheckState first, CheckState second, string summary)
    {
        var output = new StringWriter();
        CheckState worst = await new Doctor([new Known("first", new(first, "m")), new Known("second", new(second, "m", "r"))], new DoctorLines(output)).RunAsync(CancellationToken.None);

        Assert.Equal((CheckState)Math.Max((int)first, (int)second), worst);
        Assert.Equal(summary, output.ToString().Split('\n')[^2].TrimEnd('\r'));
    }

    [Fact]
    public void On_a_terminal_long_lines_wrap_within_their_column_and_brackets_are_text()
    {
        var output = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 50;
        var table = new DoctorTable(console);
        table.Write("native library", CheckResult.Missing("a [bad] thing that takes more than one line of the terminal.", "do this"));
        table.End(CheckState.Missing, "[sum]mary");

        string text = System.Text.RegularExpressions.Regex.Replace(output.ToString(), "\e\\[[0-9;]*m", "");
        string[] lines = [.. text.Split('\n').Select(line => line.TrimEnd())];
        Assert.StartsWith("missing", lines[0], StringComparison.Ordinal);
        Assert.Contains("native library", lines[0], StringComparison.Ordinal);
        Assert.Contains("a [bad] thing", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..^3], line => Assert.StartsWith(new string(' ', 24), line, StringComparison.Ordinal));
        Assert.Contains("> do this", text, StringComparison.Ordinal);
        Assert.Contains("\n[sum]mary", text, StringComparison.Ordinal);
        Assert.Contains("\e[91mmissing", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_for_CUDA_without_a_GPU_runs_on_the_processor_and_says_so()
    {
        CheckResult with = await new GpuCheck(inBuild: true, () => true).RunAsync(CancellationToken.None);
        CheckResult without = await new GpuCheck(inBuild: true, () => false).RunAsync(CancellationToken.None);
        CheckResult broken = await new GpuCheck(inBuild: true, () => throw new NativeLibraryException("no libcuda")).RunAsync(CancellationToken.None);

        Assert.Equal(CheckState.Ok, with.State);
        Assert.Contains("is ready", with.Meaning, StringComparison.Ordinal);
        Assert.Equal(CheckState.Warning, without.State);
        Assert.Contains("driver", without.Remedy, StringComparison.Ordinal);
        Assert.Equal((CheckState.Warning, "no libcuda"), (broken.State, broken.Remedy));
    }

    [Fact]
    public async Task Whole_sets_are_named_and_missing_ones_told_how_to_get()
    {
        Directory.CreateDirectory(_folder.File("tiny"));
        await File.WriteAllTextAsync(_folder.File("tiny", "a"), "abc");
        DataSetEntry real = DataManifest.Series["sst2"];
        DataSetEntry Set(string name) => real with { Name = name, Files = [real.Files[0] with { Path = $"{name}/a", Size = 3, Sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" }] };
        var root = new DataRoot(_folder.Path);

        CheckResult some = await new DataSetsCheck(root, new([Set("tiny"), Set("absent")], [])).RunAsync(CancellationToken.None);
        CheckResult all = await new DataSetsCheck(root, new([Set("tiny")], [])).RunAsync(CancellationToken.None);
        CheckResult none = await new DataSetsCheck(root, new([Set("absent")], [])).RunAsync(CancellationToken.None);

        Assert.Equal([CheckState.Ok, CheckState.Ok, CheckState.Ok], [some.State, all.State, none.State]);
        Assert.Equal(("1 of 2 are whole, by checksum: tiny; embedded ones stand in for the rest.", "To have the rest: attention data fetch absent"), (some.Meaning, some.Remedy));
        Assert.Equal(("all 1 are whole, by checksum: tiny.", ""), (all.Meaning, all.Remedy));
        Assert.Equal("To have them: attention data fetch all", none.Remedy);
    }

    private sealed record Known(string Subject, CheckResult Result) : ICheck
    {
        public Task<CheckResult> RunAsync(CancellationToken cancellation) => Task.FromResult(Result);
    }
}
