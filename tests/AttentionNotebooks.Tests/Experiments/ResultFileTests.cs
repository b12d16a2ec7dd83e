using static TorchSharp.torch;

namespace AttentionNotebooks;

public sealed class ResultFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Path => System.IO.Path.Combine(folder.Path, "results", "x.jsonl");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Rows_come_back_as_they_were_added()
    {
        var file = new ResultFile(Path);
        file.Add(Row("soft", 0));
        file.Add(Row("hard, “quoted”", 1));

        var again = new ResultFile(Path);

        Assert.Equal(2, File.ReadAllLines(Path).Length);
        Assert.Equal(file.Rows.Select(row => row.Key), again.Rows.Select(row => row.Key));
        Assert.Equal(0.5, again.Rows[0].Results["Expected"]["accuracy"]);
        Assert.Null(again.Rows[0].Results["Expected"]["pointing"]);
        Assert.Equal(file.Rows[1] with { Results = again.Rows[1].Results }, again.Rows[1]);
        Assert.True(again.Has("soft", 0, "quick"));
        Assert.False(again.Has("soft", 1, "quick"));
        Assert.False(again.Has("soft", 0, "full"));
    }

    [Fact]
    public void No_row_counts_twice()
    {
        var file = new ResultFile(Path);
        file.Add(Row("soft", 0));

        Assert.Throws<ArgumentException>(() => file.Add(Row("soft", 0)));
        Assert.Single(File.ReadAllLines(Path));
    }

    [Fact]
    public void A_line_that_a_killed_process_left_unfinished_is_cut_off_and_nothing_else()
    {
        var file = new ResultFile(Path);
        file.Add(Row("soft, “é”", 0));
        var whole = File.ReadAllText(Path);
        file.Add(Row("hard", 0));
        File.WriteAllText(Path, File.ReadAllText(Path)[..^5]);

        var again = new ResultFile(Path);

        Assert.Single(again.Rows);
        Assert.Equal(whole, File.ReadAllText(Path));
        again.Add(Row("hard", 0));
        Assert.Equal(2, new ResultFile(Path).Rows.Count);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("no json")]
    [InlineData("null")]
    public void A_line_that_is_no_row_is_an_error_that_names_the_line(string line)
    {
        new ResultFile(Path).Add(Row("soft", 0));
        File.AppendAllText(Path, line + "\n");

        var error = Assert.Throws<DataFileException>(() => new ResultFile(Path));

        Assert.StartsWith($"{Path}: line 2 is no row of results", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_measurement_says_what_it_took_and_what_came_out()
    {
        set_num_threads(1);
        using var task = new SmallTask();

        var row = ResultRow.Measure("small", task["hard, REINFORCE"] with { Options = SmallTask.Options with { Steps = 40 } }, 3, new RunProfile(Full: false, 3, 1));

        Assert.Equal(("hard, REINFORCE", 3L, "quick"), row.Key);
        Assert.Equal(40, row.Steps);
        Assert.Equal(["MostLikely", "Sampled", "Expected"], row.Results.Keys);
        Assert.Equal(["accuracy", "loss"], row.Results["Sampled"].Keys);
        Assert.InRange(row.ProcessorSeconds, 0.001, 60);
        Assert.InRange(row.PeakMegabytes, 10, 20_000);
        Assert.Contains("TorchSharp 0.107", row.Versions, StringComparison.Ordinal);
        new ResultFile(Path).Add(row);
        var curve = new ResultFile(Path).Rows[0].Curve!;
        Assert.Equal([20, 40], curve.Steps);
        Assert.Equal(row.Curve!.Metrics["loss"], curve.Metrics["loss"]);
        Assert.Equal(row.Curve.Seconds, curve.Seconds);
    }

    [Fact]
    public void The_table_has_a_line_a_contender_and_mode_with_mean_and_range_over_seeds()
    {
        using var task = new SmallTask();
        ResultRow[] rows = [Row("soft", 0, 0.5), Row("soft", 1, 0.7), Row("control, plain average", 0, 0.25)];

        var lines = TaskTable.Of(task, "small", rows).Split('\n');

        Assert.Equal(
        [
            "#### find the marked one: drawn marks (`small`)",
            "",
            "| trained as | tested with | accuracy | loss | seeds | steps | processor s |",
            "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
            "| soft | Expected | 60.0 % (50.0 % to 70.0 %) | – | 2 | 1,200 | 9 |",
            "| control, plain average | Expected | 25.0 % | – | 1 | 1,200 | 9 |",
            "",
        ], lines);
    }

    private static ResultRow Row(string condition, long seed, double accuracy = 0.5) => new(
        "small", condition, seed, "quick", 1200,
        new Dictionary<string, IReadOnlyDictionary<string, double?>> { ["Expected"] = new Dictionary<string, double?> { ["accuracy"] = accuracy, ["pointing"] = null } },
        10.5, 9.25, 512, "1; 2; 3", "X64");
}
