using Microsoft.Extensions.Time.Testing;

namespace AttentionNotebooks.Tests;

public class LiveFigureTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingDisplay _display = new();
    private int _step;
    private int _drawn;

    [Fact]
    public void At_most_four_states_a_second_are_drawn_and_shown()
    {
        using (LiveFigure live = Live())
            Run(live, steps: 1000, every: TimeSpan.FromMilliseconds(1));

        // At 0, 250, 500 and 750 ms, and the last.
        Assert.Equal(["1", "251", "501", "751", "1000"], _display.Shown);
        Assert.Equal(5, _drawn);
    }

    [Fact]
    public void The_last_state_is_shown_once_even_when_nothing_was_late()
    {
        using (LiveFigure live = Live())
            Run(live, steps: 3, every: TimeSpan.FromSeconds(1));

        Assert.Equal(["1", "2", "3"], _display.Shown);
    }

    [Fact]
    public void What_takes_long_to_draw_is_drawn_less_often()
    {
        using (LiveFigure live = Live(cost: TimeSpan.FromMilliseconds(200)))
            Run(live, steps: 20, every: TimeSpan.FromMilliseconds(100));

        // 200 ms of drawing earn 800 ms of rest.
        Assert.Equal(["1", "9", "17", "20"], _display.Shown);
    }

    [Fact]
    public void Nothing_to_show_shows_nothing()
    {
        Live().Dispose();

        Assert.Empty(_display.Shown);
    }

    [Fact]
    public void Dispose_twice_shows_once()
    {
        LiveFigure live = Live();
        Run(live, steps: 2, every: TimeSpan.Zero);
        live.Dispose();
        live.Dispose();

        Assert.Equal(["1", "2"], _display.Shown);
    }

    [Fact]
    public void Update_after_the_end_is_refused()
    {
        LiveFigure live = Live();
        live.Dispose();

        Assert.Throws<ObjectDisposedException>(live.Update);
    }

    [Fact]
    public void A_console_gets_the_first_and_the_last_state_only()
    {
        using var output = new StringWriter();
        using (var live = new LiveFigure(Draw, new ConsoleDisplay(output), _time))
            Run(live, steps: 100, every: TimeSpan.FromSeconds(1));

        Assert.Equal(["  step: 1", "  step: 100"], output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    private LiveFigure Live(TimeSpan cost = default) => new(
        () =>
        {
            _time.Advance(cost);
            return Draw();
        },
        _display,
        _time);

    private Step Draw()
    {
        _drawn++;
        return new Step(_step);
    }

    private void Run(LiveFigure live, int steps, TimeSpan every)
    {
        for (_step = 1; _step <= steps; _step++)
        {
            live.Update();
            _time.Advance(every);
        }

        _step = steps;
    }

    private sealed class Step(int number) : LineChart("x")
    {
        public override IEnumerable<string> Describe() => [FormattableString.Invariant($"step: {number}")];
    }

    private sealed class RecordingDisplay : INotebookDisplay, IDisplayed
    {
        public List<string> Shown { get; } = [];

        public IDisplayed Show(object value)
        {
            Assert.Empty(Shown);
            Update(value);
            return this;
        }

        public void Update(object value) => Shown.Add(value.ToString()!["  step: ".Length..]);
    }
}
