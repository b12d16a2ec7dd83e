using System.ComponentModel;
using System.Diagnostics;

namespace NotebookHost;

/// <summary>Asks another program something.</summary>
internal static class ExternalProgram
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    /// <param name="name">A path, or a name to look for in <c>PATH</c>.</param>
    /// <param name="folder">Where it runs; null for here.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="arguments">What it is given.</param>
    public static async Task<ProgramAnswer> AskAsync(string name, string? folder, CancellationToken cancellation, params string[] arguments)
    {
        if ((Path.IsPathRooted(name) ? name : ProgramPath.Find(name, Environment.GetEnvironmentVariable("PATH"))) is not { } program)
            return new ProgramAnswer(null, "", $"no folder in PATH has {name}");
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            return await EndAsync(process, cancellation);
        }
        catch (Win32Exception exception)
        {
            return new ProgramAnswer(null, "", exception.Message);
        }
    }

    private static async Task<ProgramAnswer> EndAsync(Process process, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new ProgramAnswer(process.ExitCode, (await output).Trim(), (await error).Trim());
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return new ProgramAnswer(-1, "", $"no answer in {_patience.TotalSeconds} s");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
