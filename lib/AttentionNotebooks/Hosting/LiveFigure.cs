namespace AttentionNotebooks;

/// <summary>
/// A figure that follows a computation: at most four states a second and a fifth of the time are shown, the last one always.
/// The figure is drawn only when it is going to be shown, so <see cref="Update"/> may be called at every step.
/// </summary>
/// <example><code>
/// using (var live = new LiveFigure(() => new LearningCurves(…)))
///     trainer.Run(steps, onStep: live.Update);
/// </code></example>
public sealed class LiveFigure : IDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);

    // A chart that takes long to draw is drawn less often: of the time, at most one part in five goes to drawing.
    private const int Restraint = 4;

    private readonly Func<Figure> _draw;
    private readonly INotebookDisplay _display;
    private readonly TimeProvider _time;
    private IDisplayed? _shown;
    private long _last;
    private TimeSpan _wait;
    private bool _behind;
    private bool _disposed;

    /// <summary>Follows a computation on the display of the running cell.</summary>
    /// <param name="draw">Draws the present state.</param>
    public LiveFigure(Func<Figure> draw)
        : this(draw, NotebookDisplay.Current, TimeProvider.System) { }

    /// <summary>Follows a computation on a given display.</summary>
    /// <param name="draw">Draws the present state.</param>
    /// <param name="display">Where to show it.</param>
    /// <param name="time">What tells the time.</param>
    public LiveFigure(Func<Figure> draw, INotebookDisplay display, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(draw);
        ArgumentNullException.ThrowIfNull(display);
        ArgumentNullException.ThrowIfNull(time);
        (_draw, _display, _time) = (draw, display, time);
    }

    /// <summary>Says that there is a new state, and shows it if it is time.</summary>
    /// <exception cref="ObjectDisposedException">The figure is finished.</exception>
    public void Update()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _behind = true;
        if (_shown is null || (_shown is not IFinalDisplayed && _time.GetElapsedTime(_last) >= _wait))
            Show();
    }

    /// <summary>Shows the last state, if it is not there yet.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        if (_behind)
            Show();
    }

    private void Show()
    {
        long start = _time.GetTimestamp();
        Figure figure = _draw();
        if (_shown is null)
            _shown = _display.Show(figure);
        else
            _shown.Update(figure);

        _behind = false;
        _last = _time.GetTimestamp();
        TimeSpan restrained = Restraint * _time.GetElapsedTime(start, _last);
        _wait = restrained > _pause ? restrained : _pause;
    }
}
