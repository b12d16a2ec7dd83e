using System.Diagnostics;

namespace NotebookHost.Tests;

/// <summary>The program as a user starts it.</summary>
internal sealed record HostCommand(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    public static Process Start(string folder, params string[] arguments) => StartWith([], folder, arguments);

    /// <summary>Starts it with some environment variables, null for one that is not to be set.</summary>
    public static Process StartWith(Dictionary<string, string?> environment, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(AttentionCommand).Assembly.Location);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        foreach ((string name, string? value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public static async Task<HostCommand> RunAsync(string folder, params string[] arguments)
    {
        using Process process = Start(folder, arguments);
        return await EndAsync(process);
    }

    public static async Task<HostCommand> EndAsync(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(_patience);
        await process.WaitForExitAsync(patience.Token);
        return new HostCommand(process.ExitCode, await output, await error);
    }
}
