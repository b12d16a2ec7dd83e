using System.Text.Json;

namespace NotebookHost;

/// <summary>The .NET SDK, against the repository's <c>global.json</c>: <c>dotnet</c> itself knows how to roll forward.</summary>
/// <param name="repository">The repository; null outside one.</param>
internal sealed class SdkCheck(string? repository) : ICheck
{
    private const string Download = "https://dotnet.microsoft.com/download";

    public string Subject => ".NET SDK";

    public async Task<CheckResult> RunAsync(CancellationToken cancellation)
    {
        ProgramAnswer version = await ExternalProgram.AskAsync("dotnet", repository, cancellation, "--version");
        if (!version.WasStarted)
            return CheckResult.Missing($"dotnet does not start: {version.Error}.", $"Install the .NET 10 SDK: {Download}");
        if (version.Succeeded)
            return CheckResult.Ok($"{version.Output}{(Wanted is { } wanted ? $" serves global.json, which asks for {wanted}" : "; no global.json here")}.");

        ProgramAnswer sdks = await ExternalProgram.AskAsync("dotnet", null, cancellation, "--list-sdks");
        string installed = sdks is { Succeeded: true, Output.Length: > 0 } ? $"installed: {string.Join(", ", sdks.Output.Split('\n').Select(line => line.Split(' ')[0]))}" : "none is installed";
        return CheckResult.Missing(
            $"dotnet finds no SDK{(Wanted is { } asked ? $" for global.json, which asks for {asked}" : "")}; {installed}. It says: {version.Complaint}",
            $"Install the .NET 10 SDK: {Download}");
    }

    private string? Wanted
    {
        get
        {
            string file = Path.Combine(repository ?? "", "global.json");
            if (repository is null || !File.Exists(file))
                return null;
            try
            {
                using var json = JsonDocument.Parse(File.ReadAllBytes(file));
                JsonElement sdk = json.RootElement.GetProperty("sdk");
                return $"{sdk.GetProperty("version").GetString()}{(sdk.TryGetProperty("rollForward", out JsonElement roll) ? $" ({roll.GetString()})" : "")}";
            }
            catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                return $"something unreadable ({exception.Message})";
            }
        }
    }
}
