using System.Diagnostics;

namespace AttentionNotebooks.Tests;

/// <summary>Cells in a script host of another process, which has an older FSharp.Core loaded and no reference to the library.</summary>
public sealed class OneDirectiveTests
{
    private static readonly string Directive = $"#r \"{typeof(NativeTorch).Assembly.Location}\"";

    [Fact]
    public void One_directive_brings_torch_and_charts_into_a_host_with_an_older_FSharp()
    {
        var lines = RunCells(
            $"{Directive}\nusing AttentionNotebooks; using TorchSharp; using Plotly.NET.CSharp; NativeTorch.EnsureLoaded();",
            "torch.ones(2, 3).sum().item<float>()",
            "var chart = Chart.Line<int, int, string>(new[] { 1, 2 }, new[] { 3, 4 }); Plotly.NET.GenericChart.toChartHTML(chart).Contains(\"scatter\")",
            "NativeTorch.EnsureLoaded(); " + Loaded("AttentionNotebooks", "TorchSharp", "Giraffe.ViewEngine", "FSharp.Core"));

        Assert.Equal(["5.0.0.0", "", "6", "True", "AttentionNotebooks FSharp.Core FSharp.Core Giraffe.ViewEngine TorchSharp"], lines);
    }

    [Fact]
    public void A_dependency_that_would_be_content_with_the_older_FSharp_gets_the_one_of_the_charts()
    {
        var lines = RunCells(
            $"{Directive}\nusing AttentionNotebooks; using Plotly.NET.CSharp; NativeTorch.EnsureLoaded();",
            "typeof(Giraffe.ViewEngine.HtmlElements).GetMethods().SelectMany(m => m.GetParameters()).First(p => p.ParameterType.Name == \"FSharpList`1\")"
            + ".ParameterType.Assembly.GetName().Version",
            "Plotly.NET.GenericChart.toChartHTML(Chart.Point<int, int, string>(new[] { 1 }, new[] { 2 })).Contains(\"scatter\")");

        Assert.Equal(["5.0.0.0", "", "10.1.0.0", "True"], lines);
    }

    [Fact]
    public void A_TorchSharp_that_the_host_loaded_first_is_the_one_the_library_uses()
    {
        var lines = RunCells(
            $"{Directive}\nusing AttentionNotebooks; using TorchSharp; torch.ScalarType.Float32",
            "NativeTorch.EnsureLoaded(); torch.ones(2, 3).sum().item<float>()",
            Loaded("TorchSharp"));

        Assert.Equal(["5.0.0.0", "Float32", "6", "TorchSharp"], lines);
    }

    private static string Loaded(params string[] names) =>
        "string.Join(\" \", AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetName().Name).Where(n => new[] { "
        + string.Join(", ", names.Select(name => $"\"{name}\""))
        + " }.Contains(n)).Order(StringComparer.Ordinal))";

    private static string[] RunCells(params string[] cells)
    {
        var program = AppContext.BaseDirectory.Replace("AttentionNotebooks.Tests", "ForeignHost", StringComparison.Ordinal);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(program, "ForeignHost.dll"));
        foreach (var cell in cells)
            start.ArgumentList.Add(cell);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + error.Result);
        return output.TrimEnd('\n').Split('\n');
    }
}
