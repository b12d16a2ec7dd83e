using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NotebookHost;

/// <summary>Watches the front end that started a kernel: it may be killed without saying goodbye, and then nobody wants the kernel.</summary>
internal static class ParentWatch
{
    private const string Variable = "JPY_PARENT_PID";

    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    /// <summary>Ends when the front end has; never where none says who it is.</summary>
    public static Task ParentGoneAsync()
    {
        if (!long.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out long parent) || parent <= 1)
            return Task.Delay(Timeout.InfiniteTimeSpan);
        return OperatingSystem.IsWindows() ? HandleSignalledAsync((nint)parent) : ProcessGoneAsync((int)parent);
    }

    private static async Task ProcessGoneAsync(int parent)
    {
        // A process that was killed and that nobody has asked after still has its number; who it has left behind has another parent at once.
        bool isOurs = ParentProcess() == parent;
        while (isOurs ? ParentProcess() == parent : Exists(parent))
            await Task.Delay(_interval);
    }

    // On Windows Jupyter hands down a handle of the process.
    private static async Task HandleSignalledAsync(nint handle)
    {
        using var process = new ManualResetEvent(initialState: false) { SafeWaitHandle = new SafeWaitHandle(handle, ownsHandle: true) };
        await Task.Run(process.WaitOne);
    }

    private static bool Exists(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ParentProcess();
}
