using System.Reflection;

namespace NotebookHost;

/// <summary>The plotly.js inside Plotly.NET: one file beside the pages serves all their charts.</summary>
internal static class PlotlyLibrary
{
    public static string Read()
    {
        Assembly assembly = typeof(Plotly.NET.GenericChart).Assembly;
        string name = $"Plotly.NET.{ArtifactFolder.PlotlyFile}";
        using Stream stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{assembly.Location} has no resource {name}. Use Plotly.NET 6.0.0, which has it.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
