using System.Runtime.Versioning;
using AttentionNotebooks;

namespace NotebookHost.Tests;

/// <summary>The command as a user starts it, on machines that lack one thing or another.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DoctorCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakePrograms _programs = new();
    private readonly Dictionary<string, string?> _environment;

    /// <summary>A machine on which everything is well, outside the repository.</summary>
    public DoctorCommandTests()
    {
        Skip.If(OperatingSystem.IsWindows(), "the stand-ins are shell scripts");
        _environment = new(StringComparer.Ordinal)
        {
            ["PATH"] = _programs.Path,
            ["OMP_NUM_THREADS"] = "1",
            [DataRoot.Variable] = _folder.File("data"),
            [ChromiumExecutable.Variable] = _programs.Add("chromium", "Chromium 150.0"),
        };
        _programs.Add("dotnet", "10.0.100");
        Jupyter(typeof(AttentionCommand).Assembly.Location);
    }

    public void Dispose()
    {
        _programs.Dispose();
        _folder.Dispose();
    }

    [SkippableFact]
    public async Task Where_everything_is_well_all_is_green()
    {
        HostCommand doctor = await ExamineAsync();

        Assert.Equal((0, ""), (doctor.ExitCode, doctor.Error));
        string[] lines = doctor.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] subjects = [.. lines.Where(line => line.StartsWith("ok  ", StringComparison.Ordinal)).Select(line => line[9..23].Trim())];
        Assert.Equal([".NET SDK", "library", "native library", "threads", "GPU", "data root", "data sets", "Chromium", "Jupyter", "Jupyter kernel"], subjects);
        Assert.Equal("All green.", lines[^1]);
        Assert.Contains("Chromium 150.0, ", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("nbconvert 6.5.3", doctor.Output, StringComparison.Ordinal);
        Assert.Matches("libtorch 2[.][0-9.]+ loads and computes right", doctor.Output);
        Assert.False(Directory.Exists(_folder.File("data")), "looking must not make anything");
    }

    [SkippableFact]
    public async Task A_bare_machine_is_told_what_to_install()
    {
        _environment["PATH"] = _folder.Path;
        // Chromium may be where PATH does not matter.
        _environment[ChromiumExecutable.Variable] = _folder.File("nowhere");

        HostCommand doctor = await ExamineAsync();

        Assert.Equal(3, doctor.ExitCode);
        AssertState(doctor, "missing", ".NET SDK", "no folder in PATH has dotnet", "https://dotnet.microsoft.com/download");
        AssertState(doctor, "warning", "Chromium", "no pictures of charts (--png)", "Install Chromium, Chrome or Edge (Debian: apt install chromium");
        AssertState(doctor, "warning", "Jupyter", "no folder in PATH has jupyter", "apt-get install jupyter-notebook jupyter-nbconvert");
        AssertState(doctor, "warning", "Jupyter kernel", "without Jupyter", "attention kernel install");
        Assert.EndsWith("The series needs, and does not have: .NET SDK. Not as it could be: Chromium, Jupyter, Jupyter kernel.\n", doctor.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task An_SDK_that_global_json_refuses_is_missing()
    {
        File.WriteAllText(_folder.File("AttentionNotebooks.sln"), "");
        File.WriteAllText(_folder.File("global.json"), """{ "sdk": { "version": "99.0.100", "rollForward": "latestFeature" } }""");
        _programs.AddScript("dotnet", "[ \"$1\" = --list-sdks ] && echo '9.0.100 [/usr/share/dotnet/sdk]' && exit 0\necho 'A compatible .NET SDK was not found.' >&2\nexit 145");

        HostCommand doctor = await ExamineAsync();

        Assert.Equal(3, doctor.ExitCode);
        AssertState(doctor, "missing", ".NET SDK", "99.0.100 (latestFeature); installed: 9.0.100. It says: A compatible .NET SDK was not found.", "Install the .NET 10 SDK");
        AssertState(doctor, "missing", "library", "is not built", "dotnet build -c Release");
    }

    [SkippableFact]
    public async Task A_native_library_that_cannot_be_loaded_is_missing()
    {
        NativeTorch.EnsureLoaded();
        Skip.If(NativeTorch.PatchedBridge is null, "TorchSharp loads here without the fallback");
        // The patched copy can be kept nowhere.
        File.WriteAllText(_folder.File("file"), "");
        _environment["XDG_CACHE_HOME"] = _folder.File("file", "cache");

        HostCommand doctor = await ExamineAsync();

        Assert.Equal(3, doctor.ExitCode);
        AssertState(doctor, "missing", "native library", "libtorch does not load", "Set XDG_CACHE_HOME to a folder that can be written.");
    }

    [SkippableTheory]
    [InlineData("many")]
    [InlineData("0")]
    [InlineData("5000")]
    public async Task Threads_that_make_no_sense_are_a_warning(string threads)
    {
        _environment["OMP_NUM_THREADS"] = threads;

        HostCommand doctor = await ExamineAsync();

        Assert.Equal(0, doctor.ExitCode);
        AssertState(doctor, "warning", "threads", threads, "export OMP_NUM_THREADS=1");
        Assert.EndsWith("Everything needed is there. Not as it could be: threads.\n", doctor.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_GPU_that_this_build_leaves_alone_is_told_with_how_to_use_it()
    {
        Skip.If(Cuda.IsInBuild, "this build has CUDA");
        _programs.Add("nvidia-smi", "GPU 0: Some Card (UUID: GPU-1)");

        HostCommand doctor = await ExamineAsync();

        Assert.Equal(0, doctor.ExitCode);
        AssertState(doctor, "warning", "GPU", "GPU 0: Some Card is here", "dotnet build -c Release -p:TorchBackend=cuda");
    }

    [SkippableFact]
    public async Task A_data_root_that_cannot_be_written_is_a_warning()
    {
        File.WriteAllText(_folder.File("file"), "");
        _environment[DataRoot.Variable] = _folder.File("file", "data");

        HostCommand doctor = await ExamineAsync();

        Assert.Equal(0, doctor.ExitCode);
        AssertState(doctor, "warning", "data root", $"{_folder.File("file", "data")} (from ATTENTION_DATA) cannot be written", "Set ATTENTION_DATA to a folder that can be written");
    }

    [SkippableFact]
    public async Task A_damaged_data_set_would_stop_a_notebook()
    {
        Directory.CreateDirectory(_folder.File("data", "sst2"));
        File.WriteAllText(_folder.File("data", "sst2", "dev.tsv"), "short");

        HostCommand doctor = await ExamineAsync();

        Assert.Equal(3, doctor.ExitCode);
        AssertState(doctor, "missing", "data sets", "sst2 (damaged: sst2/dev.tsv, it has 5 bytes, expected 92057)", "attention data fetch sst2");
    }

    [SkippableFact]
    public async Task A_browser_that_was_chosen_and_is_not_there_is_not_replaced_by_another()
    {
        _environment[ChromiumExecutable.Variable] = _folder.File("nowhere");

        HostCommand doctor = await ExamineAsync();

        Assert.Equal(0, doctor.ExitCode);
        AssertState(doctor, "warning", "Chromium", "no pictures of charts (--png)", $"ATTENTION_CHROMIUM is {_folder.File("nowhere")}, and there is no such file.");
    }

    [SkippableFact]
    public async Task A_browser_that_does_not_start_is_a_warning()
    {
        _programs.AddScript("chromium", "exit 127");
        _programs.AddBroken("broken", "error while loading shared libraries: libnss3.so");
        _environment[ChromiumExecutable.Variable] = Path.Combine(_programs.Path, "broken");

        AssertState(await ExamineAsync(), "warning", "Chromium", "does not start: error while loading shared libraries: libnss3.so", "set ATTENTION_CHROMIUM to another");
    }

    [SkippableFact]
    public async Task Jupyter_without_nbconvert_is_a_warning()
    {
        _programs.AddBroken("jupyter", "Jupyter command `jupyter-nbconvert` not found.");

        HostCommand doctor = await ExamineAsync();

        Assert.Equal(0, doctor.ExitCode);
        AssertState(doctor, "warning", "Jupyter", "nbconvert is not: Jupyter command `jupyter-nbconvert` not found.", "apt-get install jupyter-notebook jupyter-nbconvert");
        AssertState(doctor, "warning", "Jupyter kernel", "cannot list its kernels", "Install Jupyter again");
    }

    [SkippableFact]
    public async Task A_kernel_of_a_build_that_is_gone_is_installed_again()
    {
        Jupyter("/gone/attention.dll");
        AssertState(await ExamineAsync(), "warning", "Jupyter kernel", "“attention” starts /gone/attention.dll, which is not there", "attention kernel install");
    }

    [SkippableFact]
    public async Task A_kernel_of_another_build_is_told()
    {
        File.WriteAllText(_folder.File("attention"), "");
        Jupyter(_folder.File("attention"));
        AssertState(await ExamineAsync(), "warning", "Jupyter kernel", "another build", "attention kernel install");
    }

    [SkippableTheory]
    [InlineData("""{ "kernelspecs": { "python3": { "spec": { "argv": ["python3", "-m", "ipykernel"] } } } }""", "does not know our kernel")]
    [InlineData("""{ "kernels": 1 }""", "does not answer in its own format")]
    [InlineData("Traceback (most recent call last):", "does not answer in its own format")]
    public async Task Other_answers_of_Jupyter_are_told(string answer, string meaning)
    {
        _programs.Add("jupyter", answer);
        AssertState(await ExamineAsync(), "warning", "Jupyter kernel", meaning, "");
    }

    private async Task<HostCommand> ExamineAsync() => await HostCommand.EndAsync(HostCommand.StartWith(_environment, _folder.Path, "doctor"));

    private void Jupyter(string program) => _programs.AddScript("jupyter", $$"""
        [ "$1" = nbconvert ] && echo 6.5.3 && exit 0
        echo '{ "kernelspecs": { "attention": { "spec": { "argv": ["dotnet", "{{program}}", "kernel", "start", "{connection_file}"] } } } }'
        """);

    private static void AssertState(HostCommand doctor, string state, string subject, string meaning, string remedy)
    {
        string[] lines = doctor.Output.Split('\n');
        int line = Array.FindIndex(lines, line => line.Length > 23 && line[9..23].Trim() == subject);
        Assert.True(line >= 0, doctor.Output);
        Assert.StartsWith(state.PadRight(9), lines[line], StringComparison.Ordinal);
        Assert.Contains(meaning, lines[line], StringComparison.Ordinal);
        Assert.Contains(remedy, lines[line + 1], StringComparison.Ordinal);
    }
}
