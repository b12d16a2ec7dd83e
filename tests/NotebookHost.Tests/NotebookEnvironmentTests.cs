using System.Text.Json.Nodes;

namespace NotebookHost.Tests;

public sealed class NotebookEnvironmentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_process_that_says_nothing_of_it_keeps_arguments_and_one_that_does_is_believed()
    {
        Assert.Equal("1", Prepared([])["DOTNET_JITMinOpts"]);
        Assert.Equal("0", Prepared(new() { ["DOTNET_JITMinOpts"] = "0" })["DOTNET_JITMinOpts"]);
    }

    [Fact]
    public async Task The_kernel_is_started_so_too()
    {
        HostCommand installed = await HostCommand.EndAsync(HostCommand.StartWith(new Dictionary<string, string?>(StringComparer.Ordinal) { ["JUPYTER_DATA_DIR"] = _folder.Path }, _folder.Path, "kernel", "install"));

        Assert.True(installed.ExitCode == 0, installed.Error);
        JsonNode kernel = JsonNode.Parse(await File.ReadAllTextAsync(_folder.File("kernels", "attention", "kernel.json")))!;
        Assert.Equal("1", kernel["env"]!["DOTNET_JITMinOpts"]!.GetValue<string>());
    }

    private static Dictionary<string, string?> Prepared(Dictionary<string, string?> environment)
    {
        NotebookEnvironment.Prepare(environment, new RunSettings("quick", Seed: 0, Jobs: 1));
        return environment;
    }
}
