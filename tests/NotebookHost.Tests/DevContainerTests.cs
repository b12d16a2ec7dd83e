using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace NotebookHost.Tests;

/// <summary>The dev container's script, as Codespaces runs it: on a fresh clone, in a home where nothing is.</summary>
[Collection(ProcessConsole.Name)]
public sealed class DevContainerTests : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(20);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Some minutes: CI=true dotnet test tests/NotebookHost.Tests --filter DevContainerTests
    [SkippableFact]
    public async Task After_its_script_everything_is_green_and_it_may_run_again()
    {
        Skip.IfNot(Environment.GetEnvironmentVariable("CI") == "true", "it builds everything anew, which CI=true does");
        Skip.If(OperatingSystem.IsWindows(), "the script is for Linux");
        Skip.IfNot(Path.Exists(Path.Combine(Repository(), ".git")), "this is no clone of the repository");
        string clone = _folder.File("clone");
        HostCommand cloned = await RunAsync(_folder.Path, "git", "clone", "--quiet", Repository(), clone);
        Assert.True(cloned.ExitCode == 0, cloned.Error);
        KeepPackageSources();

        foreach (string run in (string[])["first", "second"])
        {
            HostCommand script = await RunAsync(clone, "bash", ".devcontainer/post-create.sh");
            Assert.True(script.ExitCode == 0 && script.Output.EndsWith("\nAll green.\n", StringComparison.Ordinal), $"The {run} run: {script.Output}{script.Error}");
        }

        Assert.Contains(Directory.GetFiles(_folder.File("home"), "kernel.json", SearchOption.AllDirectories), file => file.EndsWith(Path.Combine("kernels", "attention", "kernel.json"), StringComparison.Ordinal));
        Assert.Equal("", (await RunAsync(clone, "git", "status", "--porcelain")).Output);
    }

    [Fact]
    public void The_container_runs_the_script_and_has_the_extensions()
    {
        using JsonDocument container = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository(), ".devcontainer", "devcontainer.json")), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });

        string[] command = container.RootElement.GetProperty("postCreateCommand").GetString()!.Split(' ');
        Assert.Equal("bash", command[0]);
        Assert.True(File.Exists(Path.Combine(Repository(), command[1])));
        Assert.Equal(
            ["ms-dotnettools.csharp", "ms-toolsai.jupyter"],
            container.RootElement.GetProperty("customizations").GetProperty("vscode").GetProperty("extensions").EnumerateArray().Select(extension => extension.GetString()));
    }

    // Which registry this machine asks is no part of a clean home.
    private void KeepPackageSources()
    {
        string sources = Path.Combine(".nuget", "NuGet", "NuGet.Config");
        string here = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), sources);
        if (!File.Exists(here))
            return;
        string there = _folder.File("home", sources);
        Directory.CreateDirectory(Path.GetDirectoryName(there)!);
        File.Copy(here, there);
    }

    private async Task<HostCommand> RunAsync(string folder, string program, params string[] arguments)
    {
        string home = _folder.File("home");
        Directory.CreateDirectory(home);
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string variable in (string[])["ATTENTION_DATA", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "JUPYTER_DATA_DIR", "JUPYTER_PATH", "TorchBackend"])
            start.Environment.Remove(variable);
        start.Environment["NUGET_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        start.Environment["HOME"] = start.Environment["DOTNET_CLI_HOME"] = home;
        // No build server may outlive the folder it works in.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(_patience);
        await process.WaitForExitAsync(patience.Token);
        return new HostCommand(process.ExitCode, await output, await error);
    }

    private static string Repository([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
