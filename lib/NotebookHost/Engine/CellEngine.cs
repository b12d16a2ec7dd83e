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

    private readonly CellThread _thread = new();
    private readonly InteractiveAssemblyLoader _loader = new();
    private readonly IOutputSink _sink;
    private readonly CellDisplay _display;
    private readonly ScriptOptions _options;
    private readonly (TextWriter Out, TextWriter Error) _console = (Console.Out, Console.Error);
    private ScriptState<object>? _state;

    /// <param name="folder">The notebook's folder, which <c>#r</c> is relative to.</param>
    /// <param name="sink">Takes all outputs.</param>
    public CellEngine(string folder, IOutputSink sink)
    {
        var assemblies = new HostAssemblies();
        _sink = sink;
        _display = CellDisplay.Open(sink);
        NotebookDisplay.Use(new LibraryDisplay(_display));
        _options = ScriptOptions.Default
            .WithReferences(assemblies.Default)
            .WithMetadataResolver(new CellReferenceResolver(folder, assemblies, PackageList.OfHost()))
            .WithImports(_imports)
            .WithLanguageVersion(LanguageVersion.Latest)
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8);
        Console.SetOut(TextWriter.Synchronized(new CellConsole(StreamName.Stdout, sink)));
        Console.SetError(TextWriter.Synchronized(new CellConsole(StreamName.Stderr, sink)));
    }

    /// <summary>Runs one cell to its end, all awaits included.</summary>
    /// <param name="code">The cell's source.</param>
    /// <param name="number">The number that traces name it by: <c>In[number]</c>.</param>
    /// <returns>Whether it ran without an error; the error itself has gone to the sink.</returns>
    public Task<bool> ExecuteAsync(string code, int number) => _thread.InvokeAsync(async () =>
    {
        CellError? error = await RunAsync(code, number);
        if (error is not null)
            _sink.Error(error);
        return error is null;
    });

    public void Dispose()
    {
        _thread.Dispose();
        Console.SetOut(_console.Out);
        Console.SetError(_console.Error);
        NotebookDisplay.Use(null);
        _display.Dispose();
        _loader.Dispose();
    }

    private async Task<CellError?> RunAsync(string code, int number)
    {
        try
        {
            ScriptOptions options = _options.WithFilePath($"In[{number}]");
            // A cell that throws keeps what it declared before, hence the exception is caught into the state.
            _state = _state is null
                ? await CSharpScript.Create<object>(code, options, assemblyLoader: _loader).RunAsync(null, static _ => true)
                : await _state.Script.ContinueWith<object>(code, options).RunFromAsync(_state, static _ => true);
            if (_state.Exception is { } thrown)
                return CellTrace.Describe(thrown, number);
            _display.ShowResult(_state.ReturnValue);
            return null;
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
