using System.CommandLine;
using AttentionNotebooks;
using Spectre.Console;

namespace NotebookHost;

/// <summary><c>attention data</c>: which data sets there are, getting them, checking them, and drawing samples of them for their cards.</summary>
internal static class DataCommand
{
    private const string All = "all";

    private static IReadOnlyList<DataSetEntry> Sets => DataManifest.Series.Sets;

    public static Command Create() => new("data", "Data sets: list, fetch and verify them.") { List(), Fetch(), Verify(), Pictures() };

    private static Command List()
    {
        var command = new Command("list", "Lists the data sets, and what is there of each.");
        command.SetAction(_ => Write(DataReport.List(DataRoot.Find(), DataManifest.Series)));
        return command;
    }

    private static Command Fetch()
    {
        var names = new Argument<string[]>("name") { Description = $"The sets to get, or {All}.", Arity = ArgumentArity.OneOrMore };
        names.AcceptOnlyFromAmong([.. Sets.Select(set => set.Name), All]);
        var command = new Command("fetch", "Gets what is missing or damaged; a download that was stopped goes on where it was.") { names };
        command.SetAction((parsed, cancellation) => FetchAsync(Named(parsed.GetRequiredValue(names)), cancellation));
        return command;
    }

    private static Command Verify()
    {
        var names = new Argument<string[]>("name") { Description = "The sets to check; none means all.", Arity = ArgumentArity.ZeroOrMore };
        names.AcceptOnlyFromAmong([.. Sets.Select(set => set.Name), All]);
        var present = new Option<bool>("--present") { Description = "Leave out sets of which nothing is there." };
        var command = new Command("verify", "Compares every file with its size and SHA-256; changes nothing.") { names, present };
        command.SetAction(parsed => (int)VerifyAll(Named(parsed.GetValue(names) is { Length: > 0 } given ? given : [All]), parsed.GetValue(present)));
        return command;
    }

    private static Command Pictures()
    {
        var command = new Command("pictures", "Draws samples of every set that is there into data/images, for its card.");
        command.SetAction(_ => (int)DrawPictures());
        return command;
    }

    private static IReadOnlyList<DataSetEntry> Named(string[] names) =>
        names.Contains(All, StringComparer.Ordinal) ? Sets : [.. names.Distinct(StringComparer.Ordinal).Select(name => DataManifest.Series[name])];

    private static async Task<int> FetchAsync(IReadOnlyList<DataSetEntry> sets, CancellationToken cancellation)
    {
        DataRoot root = DataRoot.Find();
        // A download has a patience of its own, and takes as long as it takes.
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("AttentionNotebooks");
        var fetcher = new DataFetcher(root, client);
        IDownloadProgress progress = AnsiConsole.Profile.Capabilities.Interactive ? new DownloadBars(AnsiConsole.Console, root) : new DownloadLines(Console.Out, root);
        var failures = new List<string>();
        try
        {
            await progress.ShowAsync(async report =>
            {
                foreach (DataSetEntry set in sets)
                {
                    try
                    {
                        await fetcher.FetchAsync(set, report, cancellation);
                    }
                    catch (DataFileException exception)
                    {
                        failures.Add(exception.Message);
                    }
                }
            });
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped. What has come is kept: the same command goes on from there.");
            return (int)ExitCode.Interrupted;
        }

        Write(DataReport.Fetched(root, sets));
        Write(failures, Console.Error);
        return (int)(failures.Count == 0 ? ExitCode.Success : ExitCode.Environment);
    }

    private static ExitCode VerifyAll(IReadOnlyList<DataSetEntry> sets, bool present)
    {
        DataRoot root = DataRoot.Find();
        var verifier = new DataVerifier(root);
        DataSetCheck[] checks = [.. sets.Select(verifier.Check).Where(check => !present || check.State != DataSetState.Missing)];
        Write(DataReport.Files(root, checks));
        Write(DataReport.Remedies(checks), Console.Error);
        return checks.All(check => check.IsWhole) ? ExitCode.Success : ExitCode.Environment;
    }

    private static ExitCode DrawPictures()
    {
        try
        {
            string folder = Path.Combine(Series.Repository, "data", "images");
            Directory.CreateDirectory(folder);
            foreach (SamplePicture picture in SamplePicture.All)
            {
                bool drawn = picture.IsPossible(DataRoot.Find());
                if (drawn)
                    File.WriteAllBytes(Path.Combine(folder, picture.FileName), picture.Draw(DataRoot.Find()));
                Console.WriteLine($"{picture.FileName,-24} {(drawn ? "drawn" : $"left as it is: {picture.Set} is not there")}");
            }

            return ExitCode.Success;
        }
        catch (Exception exception) when (exception is DataFileException or SeriesNotFoundException)
        {
            Console.Error.WriteLine(exception.Message);
            return ExitCode.Environment;
        }
    }

    private static void Write(IEnumerable<string> lines, TextWriter? output = null)
    {
        foreach (string line in lines)
            (output ?? Console.Out).WriteLine(line);
    }
}
