using System.Diagnostics;
using AttentionNotebooks;

namespace NotebookHost.Tests;

[Collection(ProcessConsole.Name)]
public sealed class DataCommandTests : IDisposable
{
    // The first mirror of this set is plain HTTP, so that a proxy on this machine can stand in for it.
    private const string Labels = "fashion-mnist/t10k-labels-idx1-ubyte.gz";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("data", "fetch")]
    [InlineData("data", "fetch", "imagenet")]
    [InlineData("data", "verify", "imagenet")]
    [InlineData("data", "verify", "--absent")]
    [InlineData("data", "delete")]
    public async Task Wrong_usage_gives_exit_code_2(params string[] arguments) =>
        Assert.Equal((int)ExitCode.Usage, await AttentionCommand.InvokeAsync(arguments));

    [Fact]
    public async Task An_empty_data_root_is_told_file_by_file_with_the_remedy()
    {
        HostCommand host = await RunAsync("data", "verify");

        Assert.Equal(3, host.ExitCode);
        Assert.Contains("missing         mnist/train-images-idx3-ubyte.gz\n", host.Output, StringComparison.Ordinal);
        Assert.Contains($"0 of 7 sets are whole in {_folder.Path}.", host.Output, StringComparison.Ordinal);
        Assert.Contains("mnist (missing)", host.Error, StringComparison.Ordinal);
        Assert.Contains("Get them with: attention data fetch mnist fashion-mnist", host.Error, StringComparison.Ordinal);
        // Without the option that leaves such sets out, it would be an error too.
        Assert.Equal((0, ""), (await RunAsync("data", "verify", "--present")) is var present ? (present.ExitCode, present.Error) : default);
    }

    [Fact]
    public async Task A_damaged_file_is_told_with_what_is_there_and_what_should_be()
    {
        Write("sst2/dev.tsv", new byte[5]);
        Write("sst2/test.tsv", new byte[188_749]);

        HostCommand verify = await RunAsync("data", "verify", "--present");
        HostCommand list = await RunAsync("data", "list");

        Assert.Equal(3, verify.ExitCode);
        Assert.Contains("wrong size      sst2/dev.tsv: it has 5 bytes, expected 92057\n", verify.Output, StringComparison.Ordinal);
        Assert.Contains("wrong checksum  sst2/test.tsv: its SHA-256 is ", verify.Output, StringComparison.Ordinal);
        Assert.Contains("missing         sst2/train.tsv\n", verify.Output, StringComparison.Ordinal);
        Assert.Contains("sst2 (damaged). Get them with: attention data fetch sst2", verify.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("mnist", verify.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (list.ExitCode, list.Error));
        Assert.Matches(@"sst2 +damaged +1\.0 MB +9,613 sentences", list.Output);
        Assert.Matches(@"mnist +missing +11\.6 MB +60,000", list.Output);
        Assert.All(DataManifest.Series.Sets, set => Assert.Contains(set.Licence, list.Output, StringComparison.Ordinal));
        Assert.All(DataManifest.Series.Embedded, set => Assert.Contains(set.Content, list.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Offline_a_missing_set_is_an_error_with_its_remedy()
    {
        HostCommand host = await RunAsync("data", "fetch", "sst2", "mnist");

        Assert.Equal(3, host.ExitCode);
        Assert.Contains("SST-2 is not whole, and ATTENTION_OFFLINE=1 forbids downloads.", host.Error, StringComparison.Ordinal);
        Assert.Contains("MNIST is not whole", host.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [SkippableFact]
    public async Task A_data_root_that_is_whole_passes_and_needs_no_network()
    {
        var root = DataRoot.Find();
        Skip.IfNot(DataManifest.Series.Sets.All(set => Directory.Exists(root.Of(set.Name))), $"not all sets are in {root}");

        HostCommand verify = await RunIn(root.Path, "data", "verify");
        HostCommand fetch = await RunIn(root.Path, "data", "fetch", "sst2");

        Assert.Equal((0, ""), (verify.ExitCode, verify.Error));
        Assert.Equal(DataManifest.Series.Sets.Sum(set => set.Files.Count), verify.Output.Split('\n').Count(line => line.StartsWith("ok  ", StringComparison.Ordinal)));
        Assert.Contains("7 of 7 sets are whole", verify.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (fetch.ExitCode, fetch.Error));
        Assert.Contains("sst2 is whole. Licence: none stated. Cite: R. Socher et al.", fetch.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_is_missing_is_fetched_with_plain_lines_where_there_is_no_terminal()
    {
        var root = DataRoot.Find();
        Skip.IfNot(File.Exists(root.Of(Labels)), $"Fashion-MNIST is not in {root}");
        using var server = new LocalServer();
        foreach (DataFileEntry file in DataManifest.Series["fashion-mnist"].Files)
        {
            byte[] bytes = await File.ReadAllBytesAsync(root.Of(file.Path));
            if (file.Path == Labels)
                server.ServeAs(file.Mirrors[0], LocalAnswers.Whole(bytes));
            else
                Write(file.Path, bytes);
        }

        HostCommand host = await HostCommand.EndAsync(HostCommand.StartWith(Through(server), _folder.Path, "data", "fetch", "fashion-mnist"));

        Assert.Equal((0, ""), (host.ExitCode, host.Error));
        Assert.Contains($"{Labels}  from fashion-mnist.s3-website.eu-central-1.amazonaws.com\n", host.Output, StringComparison.Ordinal);
        Assert.Contains($"{Labels}  5 kB of 5 kB (100 %)\n", host.Output, StringComparison.Ordinal);
        Assert.Contains("fashion-mnist is whole. Licence: MIT", host.Output, StringComparison.Ordinal);
        Assert.True(new DataVerifier(new(_folder.Path)).Check(DataManifest.Series["fashion-mnist"]).IsWhole);
    }

    [Fact]
    public async Task Interrupting_keeps_what_has_come_and_the_same_command_goes_on_from_there()
    {
        // Windows has no signal that one process could send another.
        if (OperatingSystem.IsWindows())
            return;

        using var server = new LocalServer();
        DataFileEntry file = DataManifest.Series["fashion-mnist"].Files[0];
        server.ServeAs(file.Mirrors[0], LocalAnswers.StallingAfter(new byte[file.Size], 100_000));
        using Process process = HostCommand.StartWith(Through(server), _folder.Path, "data", "fetch", "fashion-mnist");
        string part = _folder.File(file.Path + ".part");
        for (int i = 0; i < 600 && !(File.Exists(part) && new FileInfo(part).Length > 50_000); i++)
            await Task.Delay(100);
        using (Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync();
        HostCommand host = await HostCommand.EndAsync(process);

        Assert.Equal((130, "Stopped. What has come is kept: the same command goes on from there.\n"), (host.ExitCode, host.Error));
        Assert.Equal(100_000, new FileInfo(part).Length);

        server.ServeAs(file.Mirrors[0], LocalAnswers.Status(503));
        HostCommand again = await HostCommand.EndAsync(HostCommand.StartWith(Through(server), _folder.Path, "data", "fetch", "fashion-mnist"));
        Assert.Equal(3, again.ExitCode);
        Assert.Equal([null, 100_000], server.Requests.Where(request => request.Path == file.Mirrors[0].ToString()).Select(request => request.From));
    }

    private Task<HostCommand> RunAsync(params string[] arguments) => RunIn(_folder.Path, arguments);

    private Task<HostCommand> RunIn(string root, params string[] arguments) =>
        HostCommand.EndAsync(HostCommand.StartWith(new(StringComparer.Ordinal) { [DataRoot.Variable] = root, [DataFetcher.OfflineVariable] = "1" }, _folder.Path, arguments));

    // Nothing leaves this machine: the server is the proxy for everything, and knows only what it was given.
    private Dictionary<string, string?> Through(LocalServer server) => new(StringComparer.Ordinal)
    {
        [DataRoot.Variable] = _folder.Path,
        [DataFetcher.OfflineVariable] = null,
        ["http_proxy"] = server.Address,
        ["https_proxy"] = server.Address,
        ["HTTPS_PROXY"] = null,
        ["no_proxy"] = "",
        ["NO_PROXY"] = null,
        ["all_proxy"] = null,
        ["ALL_PROXY"] = null,
    };

    private void Write(string file, byte[] bytes)
    {
        string path = _folder.File(file.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }
}
