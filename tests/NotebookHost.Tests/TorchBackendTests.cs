using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace NotebookHost.Tests;

/// <summary>Which package the property TorchBackend takes; the packages for CUDA are some gigabytes, so nothing is restored.</summary>
public sealed class TorchBackendTests
{
    [Theory]
    [InlineData(null, "TorchSharp-cpu")]
    [InlineData("cpu", "TorchSharp-cpu")]
    [InlineData("cuda", "TorchSharp-cuda-")]
    public async Task The_property_takes_one_package_in_the_version_of_all(string? backend, string package)
    {
        using JsonDocument evaluated = JsonDocument.Parse(await EvaluateAsync(backend));
        JsonElement items = evaluated.RootElement.GetProperty("Items");
        string taken = Assert.Single(Identities(items.GetProperty("PackageReference")), name => name.StartsWith("TorchSharp", StringComparison.Ordinal));
        string system = OperatingSystem.IsWindows() ? "windows" : "linux";

        Assert.Equal(package.EndsWith('-') ? package + system : package, taken);
        JsonElement[] versions = [.. items.GetProperty("PackageVersion").EnumerateArray().Where(item => item.GetProperty("Identity").GetString()!.StartsWith("TorchSharp", StringComparison.Ordinal))];
        Assert.Contains(taken, versions.Select(item => item.GetProperty("Identity").GetString()));
        Assert.Single(versions.Select(item => item.GetProperty("Version").GetString()).Distinct());
    }

    [Fact]
    public async Task A_backend_that_there_is_not_takes_none()
    {
        using JsonDocument evaluated = JsonDocument.Parse(await EvaluateAsync("rocm"));
        Assert.DoesNotContain(Identities(evaluated.RootElement.GetProperty("Items").GetProperty("PackageReference")), name => name.StartsWith("TorchSharp", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Identities(JsonElement items) => items.EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!);

    private static async Task<string> EvaluateAsync(string? backend, [CallerFilePath] string here = "")
    {
        string project = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "lib", "AttentionNotebooks");
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        string[] property = backend is null ? [] : [$"-p:TorchBackend={backend}"];
        foreach (string argument in (string[])["msbuild", project, "-getItem:PackageReference", "-getItem:PackageVersion", .. property])
            start.ArgumentList.Add(argument);
        start.Environment.Remove("TorchBackend");

        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
