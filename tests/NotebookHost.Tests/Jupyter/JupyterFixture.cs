using System.Diagnostics;
using System.Text.Json.Nodes;

namespace NotebookHost.Tests;

/// <summary>A Jupyter folder of its own, with our kernel in it, and a Python that has <c>jupyter_client</c>.</summary>
public sealed class JupyterFixture : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    // A Python of the user's own may hide the system's, which has Debian's packages.
    private static readonly Lazy<string?> _python = new(() => new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(HasJupyterClient));

    private readonly TemporaryFolder _folder = new();

    public async Task InitializeAsync()
    {
        if (_python.Value is null)
            return;
        HostCommand installed = await HostCommand.EndAsync(HostCommand.StartWith(Environment, _folder.Path, "kernel", "install"));
        Assert.True(installed.ExitCode == 0, installed.Error);
    }

    internal Dictionary<string, string?> Environment => new(StringComparer.Ordinal)
    {
        ["JUPYTER_DATA_DIR"] = _folder.File("data"),
        ["JUPYTER_CONFIG_DIR"] = _folder.File("config"),
        ["JUPYTER_RUNTIME_DIR"] = _folder.File("runtime"),
        ["IPYTHONDIR"] = _folder.File("ipython"),
        ["OMP_NUM_THREADS"] = "1",
    };

    internal string Folder => _folder.Path;

    /// <summary>Lets Python drive the kernel.</summary>
    /// <param name="scenario">What of <c>drive_kernel.py</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    internal async Task<JsonNode> DriveAsync(string scenario, params string[] arguments)
    {
        HostCommand driven = await HostCommand.EndAsync(StartDriver(scenario, arguments)).WaitAsync(_patience);
        Assert.True(driven.ExitCode == 0, driven.Error);
        return JsonNode.Parse(driven.Output)!;
    }

    internal Process StartDriver(string scenario, params string[] arguments)
    {
        Requirement.JupyterClient(_python.Value is not null);
        return Start(_python.Value!, [Path.Combine(AppContext.BaseDirectory, "drive_kernel.py"), scenario, .. arguments]);
    }

    internal Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = _folder.Path, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        foreach ((string name, string? value) in Environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    private static bool HasJupyterClient(string python)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(python, ["-c", "import jupyter_client"]) { UseShellExecute = false, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
