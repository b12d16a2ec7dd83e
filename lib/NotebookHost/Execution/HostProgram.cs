using System.Diagnostics;

namespace NotebookHost;

/// <summary>How this program starts itself.</summary>
internal static class HostProgram
{
    public static void Address(ProcessStartInfo start)
    {
        string assembly = typeof(HostProgram).Assembly.Location;
        string running = Environment.ProcessPath ?? "";
        if (IsNamed(running, Path.GetFileNameWithoutExtension(assembly)))
        {
            start.FileName = running;
            return;
        }

        // Started as `dotnet attention.dll`.
        start.FileName = IsNamed(running, "dotnet") ? running : "dotnet";
        start.ArgumentList.Add(assembly);
    }

    private static bool IsNamed(string path, string name) => string.Equals(Path.GetFileNameWithoutExtension(path), name, StringComparison.Ordinal);
}
