using System.CommandLine;
using System.Globalization;
using AttentionNotebooks;

namespace NotebookHost;

/// <summary><c>attention experiment</c>: trains and tests what a task compares, keeps the results, and writes their table.</summary>
internal static class ExperimentCommand
{
    public static Command Create() => new("experiment", "Experiments: what a task's mechanisms and controls reach.") { List(), Run(), Report() };

    private static Command List()
    {
        var command = new Command("list", "Lists the experiments.");
        command.SetAction(_ =>
        {
            foreach (var entry in TaskList.All)
                Console.WriteLine($"{entry.Id,-28} {(entry.DataSet is null ? "embedded" : $"needs {entry.DataSet}")}");
        });
        return command;
    }

    private static Command Run()
    {
        var ids = new Argument<string[]>("id") { Description = "The experiments to run.", Arity = ArgumentArity.OneOrMore };
        ids.AcceptOnlyFromAmong([.. TaskList.All.Select(entry => entry.Id)]);
        var seeds = new Option<string>("--seeds") { Description = "Seeds, one or a range: 0 or 0-9.", DefaultValueFactory = _ => "0", HelpName = "n-m" };
        seeds.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && SeedsOf(text) is null)
                result.AddError($"--seeds is a whole number from 0 or a range such as 0-9, not {text}.");
        });
        var shard = new Option<string>("--shard") { Description = "Only part I of N, from 0 on, into a file of its own; report merges the files.", DefaultValueFactory = _ => "0/1", HelpName = "I/N" };
        shard.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && Shard.Parse(text) is null)
                result.AddError($"--shard is a part and how many there are, such as 0/8 to 7/8, not {text}.");
        });
        var only = new Option<string[]>("--only") { Description = "Only these contenders.", HelpName = "name" };
        Option<string> profile = ProfileOption.Create();
        Option<string> device = DeviceOption.Create();
        var command = new Command("run", "Trains and tests every contender with every seed; what is there already is not run again.") { ids, seeds, shard, only, profile, device };
        command.SetAction((parsed, cancellation) =>
        {
            Environment.SetEnvironmentVariable(RunProfile.ProfileVariable, parsed.GetRequiredValue(profile));
            Environment.SetEnvironmentVariable(RunDevice.Variable, parsed.GetRequiredValue(device));
            return Task.FromResult((int)RunAll(parsed.GetRequiredValue(ids), SeedsOf(parsed.GetRequiredValue(seeds))!, Shard.Parse(parsed.GetRequiredValue(shard))!.Value, parsed.GetValue(only) ?? [], cancellation));
        });
        return command;
    }

    private static Command Report()
    {
        var command = new Command("report", "Merges the shards' rows, and writes the tables of results into data/README.md and data/reproductions.md, and the verdicts into README.md.");
        command.SetAction(_ => (int)Guarded(() => Console.WriteLine(WriteReport())));
        return command;
    }

    private static long[]? SeedsOf(string text)
    {
        var ends = text.Split('-').Select(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : -1).ToArray();
        return ends switch
        {
            [>= 0] => ends,
            [>= 0, >= 0] when ends[0] <= ends[1] && ends[1] - ends[0] < 10_000 => [.. Enumerable.Range(0, (int)(ends[1] - ends[0] + 1)).Select(i => ends[0] + i)],
            _ => null,
        };
    }

    private static ExitCode RunAll(string[] ids, long[] seeds, Shard shard, string[] only, CancellationToken cancellation) => Guarded(() =>
    {
        var profile = RunProfile.Begin();
        // Before the first trains, which may take hours.
        foreach (var id in only.Length > 0 ? ids : [])
            CheckNames(TaskList.Of(id), only);
        foreach (var id in ids)
            RunOne(TaskList.Of(id), seeds, shard, only, profile, cancellation);
    });

    private static ExitCode Guarded(Action action)
    {
        try
        {
            action();
            return ExitCode.Success;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (UnknownContenderException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return ExitCode.Usage;
        }
        catch (Exception exception) when (exception is DataFileException or NativeLibraryException or DeviceUnavailableException or SeriesNotFoundException)
        {
            Console.Error.WriteLine(exception.Message);
            return ExitCode.Environment;
        }
    }

    private static void CheckNames(TaskEntry entry, string[] only)
    {
        using var task = entry.Create(DataRoot.Find());
        string[] names = [.. task.Contenders.Select(contender => contender.Name)];
        if (only.FirstOrDefault(name => !names.Contains(name, StringComparer.Ordinal)) is { } unknown)
            throw new UnknownContenderException(entry.Id, unknown, names);
    }

    private static void RunOne(TaskEntry entry, long[] seeds, Shard shard, string[] only, RunProfile profile, CancellationToken cancellation)
    {
        using var task = entry.Create(DataRoot.Find());
        var (whole, file) = (new ResultFile(PathOf(entry)), new ResultFile(shard.FileIn(ResultsFolder, entry.Id)));
        var planned =
            from seed in seeds
            from contender in task.Contenders
            where only.Length == 0 || only.Contains(contender.Name, StringComparer.Ordinal)
            select (contender, seed);
        foreach (var (contender, seed) in shard.Of(planned))
        {
            var checkpoint = CheckpointOf(entry, contender, seed, profile);
            if (!Has(whole, (contender, seed), profile) && !Has(file, (contender, seed), profile))
            {
                var row = TrainingProgress.Show(
                    $"{entry.Id}, seed {seed}: {contender.Name}",
                    progress => ResultRow.Measure(entry.Id, contender, seed, profile, checkpoint, progress, cancellation));
                file.Add(row);
                Console.WriteLine($"{entry.Id}, seed {seed}: {Line(task, row)}");
            }

            // Also that of a run that was killed between its row and here.
            if (File.Exists(checkpoint))
                File.Delete(checkpoint);
        }
    }

    private static bool Has(ResultFile file, (Contender Contender, long Seed) run, RunProfile profile) => file.Has(run.Contender.Name, run.Seed, profile.Name);

    private static string Line(AttentionTask task, ResultRow row) =>
        $"{row.Condition}: " + string.Join("; ", row.Results.Select(mode => $"{mode.Key} " + string.Join(", ", task.Metrics.Select(metric => $"{metric.Name} {metric.Text(mode.Value.GetValueOrDefault(metric.Name) ?? double.NaN)}"))))
        + string.Create(CultureInfo.InvariantCulture, $" ({row.ProcessorSeconds:F0} s)");

    private static string WriteReport()
    {
        string reproductions = Path.Combine(DataFolder, "reproductions.md");
        var (results, verdicts) = (new MarkedText(Path.Combine(DataFolder, "README.md"), "results"), new MarkedText(Path.Combine(Series.Repository, "README.md"), "verdicts"));
        foreach (var reproduction in Reproductions.All)
            _ = new MarkedText(reproductions, reproduction.Experiment);
        // All is there before anything is written.
        var sections = string.Join('\n', TaskList.All.Select(Section).Where(section => section.Length > 0));
        (string Place, string Table)[] tables = [.. Reproductions.All.Select(reproduction => (reproduction.Experiment, TableOf(reproduction)))];
        results.Replace(sections);
        verdicts.Replace(ClaimTable.Of(ClaimReport.Of(ResultsFolder).Judgements));
        // One part after the other: each is found in the page that the one before has left.
        foreach (var (place, table) in tables)
            new MarkedText(reproductions, place).Replace(table);
        return string.Join('\n', results.Path, verdicts.Path, reproductions);
    }

    private static string TableOf(Reproduction reproduction)
    {
        TaskEntry entry = TaskList.Of(reproduction.Experiment);
        var experiments = reproduction.Rows.Select(row => row.Experiment ?? reproduction.Experiment).Distinct(StringComparer.Ordinal);
        ResultRow[] rows = [.. experiments.SelectMany(experiment => new ResultFile(PathOf(TaskList.Of(experiment))).Rows)];
        if (rows.Length == 0)
            return ReproductionTable.Of(reproduction, rows, 1);
        using var task = entry.Create(DataRoot.Find());
        return ReproductionTable.Of(reproduction, rows, task.TestCount);
    }

    private static string Section(TaskEntry entry)
    {
        _ = ResultFile.Merge(ResultsFolder, entry.Id);
        var rows = new ResultFile(PathOf(entry)).Rows;
        if (rows.Count == 0)
            return "";
        using var task = entry.Create(DataRoot.Find());
        return TaskTable.Of(task, entry.Id, rows);
    }

    // Names of contenders have blanks and commas.
    private static string CheckpointOf(TaskEntry entry, Contender contender, long seed, RunProfile profile) =>
        Path.Combine(Series.Repository, "artifacts", "checkpoints", $"{entry.Id}-{string.Concat(contender.Name.Where(char.IsAsciiLetterOrDigit))}-{seed}-{profile.Name}.checkpoint");

    private static string DataFolder => Path.Combine(Series.Repository, "data");

    private static string ResultsFolder => Path.Combine(DataFolder, "results");

    private static string PathOf(TaskEntry entry) => Shard.Whole.FileIn(ResultsFolder, entry.Id);
}
