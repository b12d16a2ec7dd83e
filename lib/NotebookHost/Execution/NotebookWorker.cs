using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace NotebookHost;

/// <summary>The inside of a notebook's process: runs the cells in order until one fails, and reports through the pipe.</summary>
internal static class NotebookWorker
{
    public static async Task RunAsync(string path, string pipeName, bool answers)
    {
        // Ctrl-C reaches every process of the terminal. Who started this one decides when to end it.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;

        await using var pipe = new NamedPipeClientStream(".", pipeName, PipeDirection.InOut, PipeOptions.Asynchronous);
        await pipe.ConnectAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
        var sink = new PipeSink(pipe);
        int cell = 0;
        AppDomain.CurrentDomain.UnhandledException += (_, failure) => sink.Error(CellTrace.Describe((Exception)failure.ExceptionObject, cell));
        _ = LeaveWithParentAsync(pipe);

        Notebook notebook = NotebookReader.Read(path);
        if (answers)
            notebook = WorkedAnswers.AppendTo(notebook);
        Directory.SetCurrentDirectory(notebook.Folder);
        using var engine = new CellEngine(notebook.Folder, sink);
        bool succeeded = true;
        while (succeeded && cell < notebook.CodeCells.Count)
        {
            cell++;
            sink.Send(new CellStarted(cell));
            succeeded = await engine.ExecuteAsync(notebook.CodeCells[cell - 1].Source, cell) is null;
            if (succeeded)
                sink.Send(new CellFinished(cell));
        }

        sink.Send(new NotebookFinished());
    }

    /// <summary>Nothing is ever sent this way: the read ends when the other side is gone, and then nobody wants the outputs.</summary>
    private static async Task LeaveWithParentAsync(NamedPipeClientStream pipe)
    {
        _ = await pipe.ReadAsync(new byte[1]);
        Environment.Exit((int)ExitCode.Environment);
    }
}
