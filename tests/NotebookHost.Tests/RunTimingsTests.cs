namespace NotebookHost.Tests;

public sealed class RunTimingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_time_left_comes_from_the_run_before_and_not_from_another_profile()
    {
        string path = _folder.File("timings.json");
        File.WriteAllText(path, """{"two quick": [100.0, 1000.0]}""");
        NotebookRun run = Started();
        Assert.InRange(new RunTimings(path).Remaining(run, "quick")!.Value.TotalSeconds, 1090, 1100);
        Assert.Null(new RunTimings(path).Remaining(run, "full"));
        run.Apply(new CellFinished(1));
        Assert.InRange(new RunTimings(path).Remaining(run, "quick")!.Value.TotalSeconds, 990, 1000);
        Assert.InRange(new RunTimings(path).Remaining(run, "full")!.Value.TotalSeconds, 0, 10);
    }

    [Fact]
    public void Times_are_kept_of_runs_that_reached_their_end_only()
    {
        string path = _folder.File("timings.json");
        var timings = new RunTimings(path);
        NotebookRun run = Started();
        run.Interrupt();
        timings.Keep(run, "quick");
        Assert.False(File.Exists(path));

        run = Started();
        run.Apply(new CellFinished(1));
        run.Apply(new CellStarted(2));
        run.Apply(new CellFinished(2));
        run.Apply(new NotebookFinished());
        run.End("exit code 0", []);
        timings.Keep(run, "quick");
        Assert.NotNull(new RunTimings(path).Remaining(Started(), "quick"));
    }

    [Fact]
    public void Times_that_cannot_be_read_are_as_none()
    {
        string path = _folder.File("timings.json");
        File.WriteAllText(path, "{ broken");
        Assert.Null(new RunTimings(path).Remaining(Started(), "quick"));
    }

    private NotebookRun Started()
    {
        var run = new NotebookRun(NotebookReader.Read(Cells.Write(_folder.Path, "two", Cells.Code("1"), Cells.Code("2"))));
        run.Start();
        run.Apply(new CellStarted(1));
        return run;
    }
}
