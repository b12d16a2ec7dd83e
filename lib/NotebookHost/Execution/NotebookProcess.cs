using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Text;
using System.Text.Json;

namespace NotebookHost;

/// <summary>
/// Runs a notebook in a process of its own, so that a native crash, a lack of memory or <c>Environment.Exit</c> ends that notebook
/// alone. Outputs come through a named pipe, which nothing that a cell writes to its console can disturb.
/// </summary>
internal static class NotebookProcess
{
    private const int LastWords = 20;

    public static async Task RunAsync(NotebookRun run, RunSettings settings, CancellationToken cancellation)
    {
        string pipeName = $"attention-{Guid.NewGuid():N}";
        await using var pipe = new NamedPipeServerStream(pipeName, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        var lastWords = new ConcurrentQueue<string>();
        using Process process = Start(run.Notebook, pipeName, settings, lastWords);
        using CancellationTokenRegistration stop = cancellation.Register(() => process.Kill(entireProcessTree: true));
        Task exit = process.WaitForExitAsync(CancellationToken.None);
        if (await ConnectAsync(pipe, exit))
            await ReceiveAsync(run, pipe);
        await exit;

        if (cancellation.IsCancellationRequested)
            run.Interrupt();
        else
            run.End(Describe(process.ExitCode), [.. lastWords]);
    }

    private static Process Start(Notebook notebook, string pipeName, RunSettings settings, ConcurrentQueue<string> lastWords)
    {
        var start = new ProcessStartInfo
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = notebook.Folder,
        };
        HostProgram.Address(start);
        foreach (string argument in new[] { ExecuteNotebookCommand.Name, notebook.Path, "--pipe", pipeName })
            start.ArgumentList.Add(argument);
        if (settings.Answers)
            start.ArgumentList.Add(RunCommand.AnswersOption);
        NotebookEnvironment.Prepare(start.Environment, settings);

        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        process.OutputDataReceived += (_, line) => Keep(lastWords, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(lastWords, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task<bool> ConnectAsync(NamedPipeServerStream pipe, Task exit)
    {
        using var gone = new CancellationTokenSource();
        Task connection = pipe.WaitForConnectionAsync(gone.Token);
        if (await Task.WhenAny(connection, exit) == connection)
            return true;
        await gone.CancelAsync();
        return pipe.IsConnected;
    }

    private static async Task ReceiveAsync(NotebookRun run, NamedPipeServerStream pipe)
    {
        using var reader = new StreamReader(pipe, new UTF8Encoding(false), leaveOpen: true);
        while (await reader.ReadLineAsync() is { } line)
        {
            if (!TryParse(line, out ExecutionMessage? message))
                return;
            run.Apply(message);
        }
    }

    /// <summary>A process that is killed while it writes leaves half a line, which says nothing but that.</summary>
    private static bool TryParse(string line, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ExecutionMessage? message)
    {
        try
        {
            message = ExecutionMessage.FromLine(line);
            return true;
        }
        catch (JsonException)
        {
            message = null;
            return false;
        }
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        // A crash report is a headline and a hundred frames of the runtime.
        if (line is null || line.StartsWith("   at ", StringComparison.Ordinal))
            return;
        lines.Enqueue(line);
        if (lines.Count > LastWords)
            lines.TryDequeue(out _);
    }

    private static string Describe(int exitCode) => exitCode switch
    {
        0 => "exit code 0: a cell called Environment.Exit",
        134 => "exit code 134, signal SIGABRT: it crashed or called Environment.FailFast",
        137 => "exit code 137, signal SIGKILL: it was killed, perhaps for lack of memory",
        139 => "exit code 139, signal SIGSEGV: a crash in native code",
        143 => "exit code 143, signal SIGTERM: it was told to end",
        _ => string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}"),
    };
}
