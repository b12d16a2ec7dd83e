using System.Reflection;
using Plotly.NET;

namespace AttentionNotebooks;

/// <summary>The plotly.js that Plotly.NET brings along: one copy in a page serves all figures of the page, offline.</summary>
public static class PlotlyScript
{
    private const string Resource = $"Plotly.NET.plotly-{Version}.min.js";
    private static readonly Lazy<string> _text = new(Read);

    /// <summary>The version of plotly.js.</summary>
    public const string Version = "2.28.0";

    /// <summary>The script (3.6 MB), a UMD bundle that sets <c>window.Plotly</c> where no AMD loader is active.</summary>
    /// <exception cref="InvalidOperationException">The Plotly.NET beside this library is not the version that carries it.</exception>
    public static string Text => _text.Value;

    /// <summary>Where a figure finds the same script when the page has none.</summary>
    public static string Address => $"https://cdn.plot.ly/plotly-{Version}.min.js";

    private static string Read()
    {
        Assembly assembly = typeof(GenericChart).Assembly;
        using Stream stream = assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{assembly.Location} has no resource {Resource}. Use Plotly.NET 6.0.0, which has it.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
