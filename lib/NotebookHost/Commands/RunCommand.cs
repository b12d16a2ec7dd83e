using System.CommandLine;
using System.Globalization;
using AttentionNotebooks;
using Spectre.Console;

namespace NotebookHost;

/// <summary><c>attention run</c>: executes notebooks and writes their pages.</summary>
internal static class RunCommand
{
    public const string Name = "run", AnswersOption = "--answers";

    public static Command Create()
    {
        var notebooks = new Argument<string[]>("notebook") { Description = "Notebooks to run; none means the whole series.", Arity = ArgumentArity.ZeroOrMore };
        notebooks.Validators.Add(result =>
        {
            foreach (var unknown in result.Tokens.Where(token => token.Value.StartsWith('-')))
                result.AddError($"There is no option {unknown.Value}.");
        });
        var output = new Option<string?>("--out") { Description = "Where the pages go. [default: artifacts]", HelpName = "folder" };
        Option<string> profile = ProfileOption.Create();
        var seed = new Option<int>("--seed") { Description = "The seed that experiments start from.", DefaultValueFactory = _ => 0, HelpName = "n" };
        var jobs = new Option<int>("--jobs") { Description = "How many notebooks run at once.", DefaultValueFactory = _ => 1, HelpName = "n" };
        jobs.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, CultureInfo.InvariantCulture, out int number) && number < 1)
                result.AddError("--jobs must be at least 1.");
        });
        var png = new Option<bool>("--png") { Description = "Give every figure a PNG too, for viewers that run no scripts. Needs Chromium, Chrome or Edge." };
        var inPlace = new Option<bool>("--in-place") { Description = "Write the outputs back into the notebooks that ran to their end." };

        var answers = new Option<bool>(AnswersOption) { Description = "Run the worked answers of the exercises too, each as a cell after the last." };
        answers.Validators.Add(result =>
        {
            if (result.GetValue(answers) && result.GetValue(inPlace))
                result.AddError("--answers and --in-place exclude each other: answers are no cells of the notebook.");
        });

        Option<string> device = DeviceOption.Create();

        var command = new Command(Name, "Execute notebooks, each in a process of its own, and write them as pages with an index.") { notebooks, output, profile, seed, jobs, device, png, inPlace, answers };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(notebooks) ?? [],
            parsed.GetValue(output),
            new RunSettings(parsed.GetRequiredValue(profile), parsed.GetValue(seed), parsed.GetValue(jobs), parsed.GetValue(png), parsed.GetValue(inPlace), parsed.GetRequiredValue(device), parsed.GetValue(answers)),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string[] paths, string? output, RunSettings settings, CancellationToken cancellation)
    {
        try
        {
            if (!string.Equals(settings.Device, RunDevice.Auto, StringComparison.Ordinal))
                RunDevice.Of(settings.Device);
            await using HeadlessBrowser? browser = settings.Png ? new HeadlessBrowser(ChromiumExecutable.Find()) : null;
            NotebookPictures? pictures = browser is null ? null : new NotebookPictures(browser);
            IReadOnlyList<Notebook> notebooks = Series.Read(paths);
            if (settings.Answers)
                notebooks = [.. notebooks.Select(WorkedAnswers.AppendTo)];
            return (int)await RunAsync(notebooks, new ArtifactFolder(output ?? Series.DefaultOutput), settings, pictures, cancellation);
        }
        catch (Exception exception) when (exception is MalformedNotebookException or SeriesNotFoundException or ChromiumException or DeviceUnavailableException or NativeLibraryException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return (int)ExitCode.Environment;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The pages cannot be written: {exception.Message} Free some space, or choose another folder with --out.");
            return (int)ExitCode.Environment;
        }
    }

    private static async Task<ExitCode> RunAsync(IReadOnlyList<Notebook> notebooks, ArtifactFolder artifacts, RunSettings settings, NotebookPictures? pictures, CancellationToken cancellation)
    {
        var runner = new SeriesRunner(notebooks, settings, artifacts, pictures);
        TimeSpan? Remaining(NotebookRun run) => artifacts.Timings.Remaining(run, settings.Profile);
        IRunProgress progress = AnsiConsole.Profile.Capabilities.Interactive
            ? new BarProgress(AnsiConsole.Console, Remaining)
            : new LineProgress(Console.Out, Remaining);
        await progress.ShowAsync(runner.Runs, runner.RunAsync(cancellation));

        foreach (NotebookRun run in runner.Runs.Where(run => run.Error is not null))
            await Console.Error.WriteLineAsync($"{run.Notebook.FileName}: {RunReport.Problem(run)}");
        foreach (string reason in runner.Unwritten)
            await Console.Error.WriteLineAsync(reason);
        await Console.Out.WriteLineAsync($"Pages: {artifacts.IndexPath}");
        if (cancellation.IsCancellationRequested)
            return ExitCode.Interrupted;
        if (runner.Runs.Any(run => run.State != RunState.Done))
            return ExitCode.CellFailed;
        return runner.Unwritten.Count == 0 ? ExitCode.Success : ExitCode.Environment;
    }
}
