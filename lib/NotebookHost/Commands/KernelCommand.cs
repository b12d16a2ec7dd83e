using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using AttentionNotebooks;
using NetMQ;

namespace NotebookHost;

/// <summary><c>attention kernel</c>: the host as a Jupyter kernel.</summary>
internal static partial class KernelCommand
{
    public static Command Create() => new("kernel", "The notebooks in Jupyter: JupyterLab, Notebook, nbconvert, VS Code's Jupyter extension.") { Install(), Start() };

    private static Command Install()
    {
        var name = new Option<string?>("--name") { Description = $"What notebooks call the kernel. [default: {KernelSpec.Own}, and {KernelSpec.Expected} where no other kernel has that name]", HelpName = "name" };
        name.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !NamePattern().IsMatch(text))
                result.AddError($"--name has letters, digits, dots, hyphens and underscores, and not {text}.");
        });
        var command = new Command("install", "Tells Jupyter of this kernel, for the present user.") { name };
        command.SetAction(parsed => (int)Guarded(() => Install(parsed.GetValue(name))));
        return command;
    }

    private static Command Start()
    {
        var connection = new Argument<string>("connection-file") { Description = "The file that Jupyter writes." };
        var command = new Command("start", "Serves as a kernel; started by Jupyter.") { connection };
        command.SetAction(async parsed =>
        {
            ExitCode code = await GuardedAsync(() => ServeAsync(parsed.GetRequiredValue(connection)));
            // Threads that a cell left behind must not keep the process.
            Environment.Exit((int)code);
        });
        return command;
    }

    private static void Install(string? name)
    {
        KernelSpec expected = new(KernelSpec.Expected);
        bool isTaken = expected.Exists && !expected.IsOurs;
        KernelSpec[] specs = name is not null ? [new(name)] : isTaken ? [new(KernelSpec.Own)] : [new(KernelSpec.Own), expected];
        foreach (KernelSpec spec in specs)
        {
            if (spec.Exists && !spec.IsOurs)
                throw new DataFileException(spec.Path, $"it is another program's kernel, and stays. Choose another --name, or remove it with `jupyter kernelspec remove {spec.Name}`.");
            spec.Install();
            Console.WriteLine($"Kernel {spec.Name}: {spec.Path}");
        }

        if (name is null && isTaken)
            Console.WriteLine($"Notebooks ask for {KernelSpec.Expected}, which is another program's kernel here ({expected.Path}); choose “{KernelInfo.DisplayName}” in Jupyter's kernel menu, or run `jupyter nbconvert` with --ExecutePreprocessor.kernel_name={KernelSpec.Own}.");
    }

    private static async Task ServeAsync(string connection)
    {
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        using var kernel = new JupyterKernel(ConnectionFile.Read(connection), Directory.GetCurrentDirectory());
        // Ctrl-C in a terminal that started the front end is for the cell.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            kernel.Interrupt();
        });
        await Task.WhenAny(kernel.RunAsync(), ParentWatch.ParentGoneAsync());
        // A cell may be in the middle of something that never ends.
        kernel.Interrupt();
    }

    private static ExitCode Guarded(Action action) => GuardedAsync(() =>
    {
        action();
        return Task.CompletedTask;
    }).GetAwaiter().GetResult();

    private static async Task<ExitCode> GuardedAsync(Func<Task> action)
    {
        try
        {
            await action();
            return ExitCode.Success;
        }
        catch (Exception exception) when (exception is DataFileException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
        }
        catch (NetMQException exception)
        {
            await Console.Error.WriteLineAsync($"The kernel cannot listen where the connection file says: {exception.Message} Start it again, so that Jupyter chooses other ports.");
        }

        return ExitCode.Environment;
    }

    [GeneratedRegex("^[A-Za-z0-9._-]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}
