using System.CommandLine;

namespace NotebookHost;

/// <summary>The inside of a notebook's process; started by <c>run</c>, not by people.</summary>
internal static class ExecuteNotebookCommand
{
    public const string Name = "execute-notebook";

    public static Command Create()
    {
        var notebook = new Argument<string>("notebook");
        var pipe = new Option<string>("--pipe") { Required = true };
        var answers = new Option<bool>(RunCommand.AnswersOption);
        var command = new Command(Name, "Runs one notebook and reports through a pipe.") { notebook, pipe, answers };
        command.Hidden = true;
        command.SetAction(async parsed =>
        {
            await NotebookWorker.RunAsync(parsed.GetRequiredValue(notebook), parsed.GetRequiredValue(pipe), parsed.GetValue(answers));
            // Threads that a cell left behind must not keep the process.
            Environment.Exit((int)ExitCode.Success);
        });
        return command;
    }
}
