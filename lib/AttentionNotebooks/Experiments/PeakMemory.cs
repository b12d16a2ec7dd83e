using System.Globalization;
using System.Runtime.InteropServices;

namespace AttentionNotebooks;

/// <summary>How much memory something needs on top of what the process holds already, as the system sees it.</summary>
/// <remarks>Linux keeps a high-water mark of resident memory for each process and lets the process reset it (proc(5), clear_refs). Elsewhere nothing is measured.</remarks>
public static class PeakMemory
{
    private const string StatusFile = "/proc/self/status";
    private const string ResetFile = "/proc/self/clear_refs";

    private const int Runs = 3;

    // mallopt(3). Blocks above the threshold are asked of the system one by one, and given back when they are freed:
    // while measuring, all that matter; else only the largest, as the GNU library arranges by itself once large blocks have come and gone.
    private const int TrimThreshold = -1, MmapThreshold = -3;
    private const int ReleasesAtOnce = 64 << 10, KeepsForReuse = 32 << 20;

    /// <summary>Runs something several times, and measures all but the first.</summary>
    /// <param name="action">What to measure.</param>
    /// <returns>The most memory that it held beyond what was held before it, in MB, in the run that held least: what else the process does can only add. Null where the system does not tell.</returns>
    public static double? Of(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        SetAllocator(ReleasesAtOnce);
        try
        {
            // The first run loads code and plans kernels, which stay; and what it frees is given back.
            action();
            return Enumerable.Range(0, Runs).Select(_ => Once(action)).Min();
        }
        finally
        {
            SetAllocator(KeepsForReuse);
        }
    }

    private static double? Once(Action action)
    {
        ReleaseFreed();
        if (!TryReset()) return null;
        var before = Kilobytes("VmRSS:");
        action();
        return Kilobytes("VmHWM:") - before is { } peak ? Math.Max(0, peak * 1024 / 1e6) : null;
    }

    // Memory that was freed but not given back would be used again unseen.
    private static void SetAllocator(int threshold) => IfGnu(() =>
    {
        _ = Mallopt(MmapThreshold, threshold);
        _ = Mallopt(TrimThreshold, 2 * threshold);
    });

    private static void ReleaseFreed() => IfGnu(() => _ = MallocTrim(0));

    private static void IfGnu(Action call)
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            call();
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library has no such settings, and gives large blocks back at once.
        }
    }

    private static bool TryReset()
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            File.WriteAllText(ResetFile, "5");
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // “VmHWM:      8444 kB”
    private static double? Kilobytes(string name) =>
        File.ReadLines(StatusFile).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
        && double.TryParse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var kilobytes)
            ? kilobytes
            : null;

    [DllImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Mallopt(int parameter, int value);

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MallocTrim(nuint pad);
}
