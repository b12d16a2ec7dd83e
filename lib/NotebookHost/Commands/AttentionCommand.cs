using System.CommandLine;

namespace NotebookHost;

/// <summary>The command line: <c>attention</c> with nothing more runs the whole series.</summary>
internal static class AttentionCommand
{
    // Ctrl-C ends the notebooks' processes, and then the pages of what ran are written.
    private static readonly TimeSpan _timeToWritePages = TimeSpan.FromSeconds(60);

    public static async Task<int> InvokeAsync(string[] arguments)
    {
        var root = new RootCommand("Hard and soft attention in C#: runs the notebooks and writes them as pages. With no command: run.")
        {
            RunCommand.Create(),
            KernelCommand.Create(),
            DataCommand.Create(),
            ExperimentCommand.Create(),
            DoctorCommand.Create(),
            ExecuteNotebookCommand.Create(),
        };
        ParseResult parsed = root.Parse(arguments.Length == 0 ? [RunCommand.Name] : arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync(error.Message);
            await Console.Error.WriteLineAsync("See `attention --help`.");
            return (int)ExitCode.Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = _timeToWritePages, EnableDefaultExceptionHandler = false });
    }
}
