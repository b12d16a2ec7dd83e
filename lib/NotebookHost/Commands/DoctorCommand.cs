using System.CommandLine;
using AttentionNotebooks;
using Spectre.Console;

namespace NotebookHost;

/// <summary><c>attention doctor</c>: what of this machine works, and what to do about the rest.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Checks SDK, native library, threads, GPU, data, Chromium and Jupyter: what works, and what to do.");
        command.SetAction((_, cancellation) => RunAsync(cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellation)
    {
        IDoctorReport report = AnsiConsole.Profile.Capabilities.Interactive ? new DoctorTable(AnsiConsole.Console) : new DoctorLines(Console.Out);
        try
        {
            return (int)(await new Doctor(Checks(), report).RunAsync(cancellation) == CheckState.Missing ? ExitCode.Environment : ExitCode.Success);
        }
        catch (OperationCanceledException)
        {
            return (int)ExitCode.Interrupted;
        }
    }

    private static ICheck[] Checks()
    {
        string? repository = Series.RepositoryOrNull;
        DataRoot root = DataRoot.Find();
        return
        [
            new SdkCheck(repository),
            new LibraryCheck(repository),
            new NativeLibraryCheck(),
            new ThreadsCheck(Environment.ProcessorCount, Environment.GetEnvironmentVariable("OMP_NUM_THREADS")),
            new GpuCheck(Cuda.IsInBuild, () => Cuda.IsAvailable),
            new DataRootCheck(root, Environment.GetEnvironmentVariable(DataRoot.Variable)),
            new DataSetsCheck(root, DataManifest.Series),
            new ChromiumCheck(),
            new JupyterCheck(),
            new KernelCheck(AppContext.BaseDirectory),
        ];
    }
}
