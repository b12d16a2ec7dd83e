using System.Collections.Immutable;
using System.Diagnostics;

namespace NotebookHost;

/// <summary>One notebook on its way through a run: where it is, what has come out, how it ended.</summary>
internal sealed class NotebookRun(Notebook notebook)
{
    private readonly List<CellOutputs> _outputs = [];
    private ImmutableArray<double> _cellSeconds = [];
    private readonly Stopwatch _clock = new();
    private double _cellStart;
    private bool _reachedEnd;

    public Notebook Notebook => notebook;

    public RunState State { get; private set; }

    /// <summary>The number of the cell that runs or ran last, from 1; 0 before the first.</summary>
    public int Cell => _outputs.Count;

    public int CellCount => notebook.CodeCells.Count;

    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Seconds that each finished cell took.</summary>
    public ImmutableArray<double> CellSeconds => _cellSeconds;

    public CellError? Error { get; private set; }

    public bool WasStarted => _clock.Elapsed > TimeSpan.Zero;

    public bool IsOver => State is RunState.Done or RunState.Failed or RunState.Interrupted;

    public void Start()
    {
        State = RunState.Running;
        _clock.Start();
    }

    public void Apply(ExecutionMessage message)
    {
        switch (message)
        {
            case CellStarted:
                _outputs.Add(new CellOutputs());
                _cellStart = Elapsed.TotalSeconds;
                break;
            case CellFinished:
                _cellSeconds = _cellSeconds.Add(Elapsed.TotalSeconds - _cellStart);
                break;
            case DisplayUpdated update:
                _ = _outputs.Exists(outputs => outputs.TryUpdate(update));
                break;
            case NotebookFinished:
                _reachedEnd = true;
                break;
            default:
                Error = message is ErrorRaised raised ? raised.Error : Error;
                CurrentOutputs.Apply(message);
                break;
        }
    }

    /// <summary>The process has ended by itself.</summary>
    /// <param name="how">What became of it, for the case that it did not reach its end.</param>
    /// <param name="lastWords">What it wrote past the notebook, such as a crash report.</param>
    public void End(string how, IReadOnlyList<string> lastWords)
    {
        if (!_reachedEnd && Error is null)
        {
            string place = Cell == 0 ? " before the first cell" : Cell == _cellSeconds.Length ? $" after cell {Cell}" : "";
            string message = $"the notebook's process ended{place} ({how})";
            Apply(new ErrorRaised(new CellError("ProcessEnded", message, null, [message, .. lastWords])));
        }

        Close(Error is null ? RunState.Done : RunState.Failed);
    }

    /// <summary>Ctrl-C: what has run stays.</summary>
    public void Interrupt()
    {
        if (State == RunState.Running)
        {
            string message = Cell == 0 ? "interrupted before the first cell" : $"interrupted in cell {Cell}";
            CurrentOutputs.Apply(new ErrorRaised(CellError.Interrupted(message)));
        }

        Close(RunState.Interrupted);
    }

    private CellOutputs CurrentOutputs
    {
        get
        {
            if (_outputs.Count == 0)
                _outputs.Add(new CellOutputs());
            return _outputs[^1];
        }
    }

    private void Close(RunState state)
    {
        _clock.Stop();
        State = state;
        for (int i = 0; i < Math.Min(_outputs.Count, CellCount); i++)
            notebook.CodeCells[i].SetOutputs(i + 1, _outputs[i].ToJson(i + 1));
    }

}
