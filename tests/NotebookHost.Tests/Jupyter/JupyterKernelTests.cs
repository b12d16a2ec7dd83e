using System.Diagnostics;
using System.Text.Json.Nodes;

namespace NotebookHost.Tests;

/// <summary>The kernel, driven for real by Jupyter's own client.</summary>
[Collection(ProcessConsole.Name)]
public sealed class JupyterKernelTests(JupyterFixture jupyter) : IClassFixture<JupyterFixture>
{
    [SkippableFact]
    public async Task Cells_run_and_tell_their_values_prints_updates_and_errors()
    {
        JsonNode[] cells = [.. (await jupyter.DriveAsync(
            "run", "var x = 20; Console.WriteLine(\"hi\"); Console.Error.WriteLine(\"oh\"); x + 1", "x * 2", "display(\"a\").Update(\"b\");", "var y = 1;\nthrow new Exception(\"oops\");", "x + ;", "x")).AsArray()!];

        Assert.Equal("hi\n", Text(cells[0], 0, "text"));
        Assert.Equal("oh\n", Text(cells[0], 1, "text"));
        Assert.Equal("21", Text(cells[0], 2, "data", "text/plain"));
        Assert.Equal(1, Number(cells[0]["reply"]!["execution_count"]));
        Assert.Equal("40", Text(cells[1], 0, "data", "text/plain"));
        Assert.Equal(["display_data", "update_display_data"], cells[2]["outputs"]!.AsArray().Select(output => output!["type"]!.GetValue<string>()));
        Assert.Equal(Text(cells[2], 0, "transient", "display_id"), Text(cells[2], 1, "transient", "display_id"));
        Assert.Equal("b", Text(cells[2], 1, "data", "text/plain"));
        Assert.Equal("error", cells[3]["reply"]!["status"]!.GetValue<string>());
        Assert.Contains("In[4]: line 2", cells[3]["outputs"]![0]!["content"]!["traceback"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("In[5]: line 1, column 5", cells[4]["reply"]!["traceback"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("20", Text(cells[5], 0, "data", "text/plain"));
    }

    [SkippableFact]
    public async Task The_compiler_helps_while_a_cell_is_written()
    {
        JsonNode help = await jupyter.DriveAsync("help_with");

        Assert.Equal("Twice", Assert.Single(help["complete"]!["matches"]!.AsArray())!.GetValue<string>());
        Assert.Equal((0, 3), (Number(help["complete"]!["cursor_start"]), Number(help["complete"]!["cursor_end"])));
        Assert.Equal(["Write", "WriteLine"], help["after_wide"]!["matches"]!.AsArray().Select(match => match!.GetValue<string>()));
        // In code points: the letter before counts as one.
        Assert.Equal((21, 24), (Number(help["after_wide"]!["cursor_start"]), Number(help["after_wide"]!["cursor_end"])));
        Assert.Contains("int Twice(int number)", help["inspect"]!["data"]!["text/plain"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.False(help["nothing"]!["found"]!.GetValue<bool>());
        Assert.Equal(["complete", "incomplete", "invalid"], help["is_complete"]!.AsObject().Select(answer => answer.Value!["status"]!.GetValue<string>()));
        Assert.Equal("C#", help["info"]!["language_info"]!["name"]!.GetValue<string>());
        Assert.All(new[] { "history", "comms" }, name => Assert.Equal("ok", help[name]!["status"]!.GetValue<string>()));
    }

    [SkippableTheory]
    [InlineData("while (true) ;")]
    [InlineData("while (true) Console.WriteLine(1);")]
    [InlineData("await Task.Delay(-1);")]
    public async Task An_interrupt_is_answered_and_the_next_cell_runs(string code)
    {
        JsonNode told = await jupyter.DriveAsync("interrupt", code);

        Assert.Equal("Interrupted", told["interrupted"]!["reply"]!["ename"]!.GetValue<string>());
        Assert.Equal("6", Text(told["next"]!, 0, "data", "text/plain"));
    }

    [SkippableFact]
    public async Task Nobody_is_asked_for_input()
    {
        JsonNode told = await jupyter.DriveAsync("no_input");

        Assert.Contains("cannot ask for input", told["first"]!["reply"]!["evalue"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null(told["asked"]);
        Assert.Equal("2", Text(told["next"]!, 0, "data", "text/plain"));
    }

    [SkippableFact]
    public async Task Twenty_thousand_prints_arrive_complete_and_in_order()
    {
        JsonNode told = await jupyter.DriveAsync("prints");

        Assert.True(told["whole"]!.GetValue<bool>());
        Assert.InRange(Number(told["messages"]), 1, 2_000);
    }

    [SkippableFact]
    public async Task An_output_of_fifty_megabytes_arrives()
    {
        JsonNode told = await jupyter.DriveAsync("large");

        Assert.Equal(50_000_000, Number(told["characters"]));
        Assert.Equal("2", Text(told["next"]!, 0, "data", "text/plain"));
    }

    [SkippableFact]
    public async Task After_an_error_what_was_waiting_is_not_run()
    {
        JsonNode told = await jupyter.DriveAsync("queue");

        Assert.Equal("first", told["first"]!["reply"]!["evalue"]!.GetValue<string>());
        Assert.Equal("aborted", told["second"]!["reply"]!["status"]!.GetValue<string>());
        Assert.Empty(told["second"]!["outputs"]!.AsArray());
        Assert.Equal("2", Text(told["third"]!, 0, "data", "text/plain"));
    }

    [SkippableFact]
    public async Task A_cell_that_ends_the_process_says_so_and_loses_nothing_it_printed()
    {
        JsonNode told = await jupyter.DriveAsync("exit_in_cell");

        Assert.Equal("last words\n", Text(told["outputs"]!, 0, "text"));
        Assert.Equal("ProcessEnded", told["outputs"]!["reply"]!["ename"]!.GetValue<string>());
        Assert.False(told["alive"]!.GetValue<bool>());
    }

    [SkippableFact]
    public async Task Two_kernels_know_nothing_of_each_other()
    {
        JsonNode told = await jupyter.DriveAsync("two");

        Assert.Equal(["1", "2"], told.AsArray().Select(value => value!.GetValue<string>()));
    }

    [SkippableTheory]
    [InlineData("1")]
    [InlineData("while (true) ;")]
    public async Task A_front_end_that_is_killed_leaves_no_process(string code)
    {
        using Process frontEnd = jupyter.StartDriver("stay", code);
        JsonNode told = JsonNode.Parse((await frontEnd.StandardOutput.ReadLineAsync())!)!;
        using Process kernel = Process.GetProcessById(Number(told["kernel"]));

        frontEnd.Kill();

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await kernel.WaitForExitAsync(patience.Token);
    }

    private static int Number(JsonNode? node) => node!.GetValue<int>();

    private static string Text(JsonNode cell, int output, params string[] path) =>
        path.Aggregate(cell["outputs"]![output]!["content"]!, (node, name) => node[name]!).GetValue<string>();
}
