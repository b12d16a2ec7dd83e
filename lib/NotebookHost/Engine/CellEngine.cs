using System.Text;
using AttentionNotebooks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace NotebookHost;

/// <summary>
/// Runs C# cells one after another, each seeing what the earlier ones declared. The console and the cells' <c>display</c> are the
/// process's, so a process has one engine at a time; what comes out goes to the sink, whoever that is.
/// </summary>
internal sealed class CellEngine : IDisposable
{
    private static readonly string[] _imports =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Text", "System.Threading.Tasks",
        "Microsoft.DotNet.Interactive.Kernel", "Microsoft.DotNet.Interactive.DisplayExtensions",
    ];

    private const int MostWakings = 10;

    private static readonly TimeSpan _betweenWakings = TimeSpan.FromMilliseconds(200);

    private CellThread _thread = new();
    private readonly InteractiveAssemblyLoader _loader = new();
    private readonly UninterruptedSink _sink;
    private readonly CellDisplay _display;
    private readonly ScriptOptions _options;
    private readonly (TextReader In, TextWriter Out, TextWriter Error) _console = (Console.In, Console.Out, Console.Error);
    private ScriptState<object>? _state;
    private CancellationToken _interrupt;

    /// <param name="folder">The notebook's folder, which <c>#r</c> is relative to.</param>
    /// <param name="sink">Takes all outputs.</param>
    public CellEngine(string folder, IOutputSink sink)
    {
        var assemblies = new HostAssemblies();
        _sink = new UninterruptedSink(sink, () => _interrupt.IsCancellationRequested && _thread.IsCurrent);
        _display = CellDisplay.Open(_sink);
        NotebookDisplay.Use(new LibraryDisplay(_display));
        _options = ScriptOptions.Default
            .WithReferences(assemblies.Default)
            .WithMetadataResolver(new CellReferenceResolver(folder, assemblies, PackageList.OfHost()))
            .WithImports(_imports)
            .WithLanguageVersion(LanguageVersion.Latest)
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8);
        Console.SetIn(new NoInput());
        Console.SetOut(TextWriter.Synchronized(new CellConsole(StreamName.Stdout, _sink)));
        Console.SetError(TextWriter.Synchronized(new CellConsole(StreamName.Stderr, _sink)));
    }

    /// <summary>How a cell is compiled: what it may refer to, and the names that it sees.</summary>
    public ScriptOptions Options => _options;

    /// <summary>Runs one cell to its end, all awaits included.</summary>
    /// <param name="code">The cell's source.</param>
    /// <param name="number">The number that traces name it by: <c>In[number]</c>.</param>
    /// <param name="interrupt">Ends it wherever it is.</param>
    /// <returns>Null, or what went wrong; it has gone to the sink.</returns>
    public async Task<CellError?> ExecuteAsync(string code, int number, CancellationToken interrupt = default)
    {
        Task<CellError?> run = _thread.InvokeAsync(() => RunAsync(code, number, interrupt));
        CellError? error = await EndsAsync(run, interrupt) ? await run : LeaveBehind();
        if (error is not null)
            _sink.Error(error);
        return error;
    }

    public void Dispose()
    {
        _thread.Dispose();
        Console.SetIn(_console.In);
        Console.SetOut(_console.Out);
        Console.SetError(_console.Error);
        NotebookDisplay.Use(null);
        _display.Dispose();
        _loader.Dispose();
    }

    private async Task<bool> EndsAsync(Task run, CancellationToken interrupt)
    {
        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = interrupt.Register(interrupted.SetResult);
        await Task.WhenAny(run, interrupted.Task);
        for (int i = 0; i < MostWakings && !run.IsCompleted; i++)
        {
            await Task.WhenAny(run, Task.Delay(_betweenWakings, CancellationToken.None));
            if (!run.IsCompleted)
                _thread.Wake();
        }

        return run.IsCompleted;
    }

    // Native code and a handler of exceptions cannot be stopped, and not every loop with nothing in it. The cell goes on by itself, and others run without it.
    private CellError LeaveBehind()
    {
        _thread.Leave();
        _thread = new CellThread();
        return CellError.Interrupted("The cell was interrupted, and does not stop: it is in native code, handles an exception, or is in a loop with nothing in it. It is left running by itself; restart the kernel to be rid of it.");
    }

    private async Task<CellError?> RunAsync(string code, int number, CancellationToken interrupt)
    {
        _interrupt = interrupt;
        try
        {
            ScriptOptions options = _options.WithFilePath($"In[{number}]");
            Script<object> script = _state is null ? CSharpScript.Create<object>(code, options, assemblyLoader: _loader) : _state.Script.ContinueWith<object>(code, options);
            // The compiler is stopped by its token, and never torn apart.
            script.Compile(interrupt);
            // A cell that throws keeps what it declared before, hence the exception is caught into the state.
            _state = await _thread.InterruptibleAsync(() => _state is null ? script.RunAsync(null, static _ => true) : script.RunFromAsync(_state, static _ => true), interrupt);
            if (_state.Exception is { } thrown)
                return CellTrace.Describe(thrown, number);
            _display.ShowResult(_state.ReturnValue);
            return null;
        }
        catch (Exception) when (interrupt.IsCancellationRequested)
        {
            return CellError.Interrupted(new CellInterruptedException().Message);
        }
        catch (CompilationErrorException exception)
        {
            return CompilationReport.Describe(exception.Diagnostics, code, number);
        }
        catch (ReferenceException exception)
        {
            return new CellError(CompilationReport.ErrorName, exception.Message, LineOfDirective(code, exception.Message), [exception.Message]);
        }
        catch (Exception exception)
        {
            // A formatter of the value may throw anything, and that is the cell's error too.
            return CellTrace.Describe(exception, number);
        }
    }

    private static int? LineOfDirective(string code, string message)
    {
        int index = Array.FindIndex(code.Split('\n'), line => line.TrimStart().StartsWith("#r", StringComparison.Ordinal) && message.StartsWith(line.Trim(), StringComparison.Ordinal));
        return index < 0 ? null : index + 1;
    }
}
