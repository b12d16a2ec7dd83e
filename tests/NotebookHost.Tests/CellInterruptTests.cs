namespace NotebookHost.Tests;

[Collection(ProcessConsole.Name)]
public sealed class CellInterruptTests : IClassFixture<CellEngineFixture>
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);
    private static int _number;
    private readonly CellEngine _engine;
    private readonly RecordingSink _sink;

    public CellInterruptTests(CellEngineFixture fixture)
    {
        (_engine, _sink) = (fixture.Engine, fixture.Sink);
        _sink.Reset();
    }

    [Theory]
    [InlineData("while (true) ;")]
    [InlineData("while (true) Console.WriteLine(1);")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("await Task.Yield(); while (true) System.Threading.Thread.SpinWait(1);")]
    [InlineData("await Task.Delay(1); System.Threading.Thread.Sleep(-1);")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData("new TaskCompletionSource().Task.Wait();")]
    [InlineData("lock (new object()) new System.Threading.ManualResetEvent(false).WaitOne();")]
    [InlineData("try { while (true) System.Threading.Thread.SpinWait(1); } catch (Exception) { System.Threading.Thread.SpinWait(300_000_000); }")]
    [InlineData("while (true) try { System.Threading.Thread.Sleep(-1); } catch (Exception caught) { Console.WriteLine(caught.Message); }")]
    [InlineData("while (true) await Task.Yield();")]
    public async Task An_interrupt_stops_a_cell_wherever_it_is_and_the_next_one_runs(string code)
    {
        await ExecuteAsync("var kept = 5;", CancellationToken.None);
        using var interrupt = new CancellationTokenSource();
        Task<CellError?> running = ExecuteAsync(code, interrupt.Token);
        await Task.Delay(500);
        Assert.False(running.IsCompleted);

        await interrupt.CancelAsync().WaitAsync(_patience);
        CellError? error = await running;

        Assert.Equal("Interrupted", error?.Name);
        _sink.Reset();
        Assert.Null(await ExecuteAsync("System.Threading.Thread.Sleep(20); await Task.Delay(20); kept + 1", CancellationToken.None));
        Assert.Equal("6", Assert.Single(_sink.Results)[MimeBundle.Plain]);
    }

    [Fact]
    public async Task What_an_interrupted_cell_awaits_never_comes_back()
    {
        await ExecuteAsync("var gate = new TaskCompletionSource(); var after = 0;", CancellationToken.None);
        using var interrupt = new CancellationTokenSource();
        Task<CellError?> running = ExecuteAsync("await gate.Task; after = 1;", interrupt.Token);
        await Task.Delay(200);
        await interrupt.CancelAsync();
        await running;

        await ExecuteAsync("gate.SetResult(); await Task.Delay(50);", CancellationToken.None);
        await ExecuteAsync("after", CancellationToken.None);

        Assert.Equal("0", Assert.Single(_sink.Results)[MimeBundle.Plain]);
    }

    [Fact]
    public async Task A_cell_may_not_ask_for_input()
    {
        CellError? error = await ExecuteAsync("Console.ReadLine()", CancellationToken.None);
        Assert.Contains("cannot ask for input", error?.Message, StringComparison.Ordinal);
    }

    private Task<CellError?> ExecuteAsync(string code, CancellationToken interrupt) => _engine.ExecuteAsync(code, Interlocked.Increment(ref _number), interrupt).WaitAsync(_patience, CancellationToken.None);
}
