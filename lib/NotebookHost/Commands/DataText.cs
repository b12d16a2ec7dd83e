using System.Globalization;
using AttentionNotebooks;

namespace NotebookHost;

/// <summary>How data sets and downloads are written on the command line.</summary>
internal static class DataText
{
    /// <summary>A file as it is called in the data root, with <c>/</c> between folders.</summary>
    public static string Place(DataRoot root, string path) => Path.GetRelativePath(root.Path, path).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>Bytes as people read them.</summary>
    public static string Size(long bytes) => bytes < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:F0} kB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB");

    public static string Progress(DataProgress progress) => progress.Total is { } total
        ? string.Create(CultureInfo.InvariantCulture, $"{Size(progress.Received)} of {Size(total)} ({Math.Floor(100.0 * progress.Received / Math.Max(1, total))} %)")
        : Size(progress.Received);

    public static string State(DataState state) => state switch
    {
        DataState.Ok => "ok",
        DataState.Missing => "missing",
        DataState.OtherSize => "wrong size",
        DataState.OtherChecksum => "wrong checksum",
        _ => "unreadable",
    };

    public static string State(DataSetState state) => state switch
    {
        DataSetState.Whole => "whole",
        DataSetState.Missing => "missing",
        DataSetState.Partly => "partly",
        _ => "damaged",
    };
}
