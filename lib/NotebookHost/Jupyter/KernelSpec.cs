using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using AttentionNotebooks;

namespace NotebookHost;

/// <summary>How Jupyter is told of a kernel: a folder with a file that says what to start.</summary>
/// <param name="Name">The folder's name, by which notebooks ask for the kernel.</param>
internal sealed record KernelSpec(string Name)
{
    /// <summary>The kernel's own name.</summary>
    public const string Own = "attention";

    /// <summary>The name that notebooks carry, as VS Code writes them: that of .NET Interactive's kernel, which any kernel for them may answer to.</summary>
    public const string Expected = ".net-csharp";

    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true };

    public string Path => System.IO.Path.Combine(DataFolder, "kernels", Name, "kernel.json");

    public bool Exists => File.Exists(Path);

    /// <summary>Whether the kernel of this name is this program, wherever it was built.</summary>
    /// <exception cref="DataFileException">The file is no kernel specification.</exception>
    public bool IsOurs => Exists && Read()["metadata"]?["implementation"]?.GetValue<string>() == Own;

    /// <summary>Jupyter's folder of the user (https://docs.jupyter.org/en/latest/use/jupyter-directories.html).</summary>
    public static string DataFolder
    {
        get
        {
            if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } chosen)
                return chosen;
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            if (OperatingSystem.IsWindows())
                return System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter");
            if (OperatingSystem.IsMacOS())
                return System.IO.Path.Combine(home, "Library", "Jupyter");
            return System.IO.Path.Combine(Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } data ? data : System.IO.Path.Combine(home, ".local", "share"), "jupyter");
        }
    }

    /// <summary>Writes it; a front end that is running sees it at once.</summary>
    public void Install()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        AtomicFile.WriteAllText(Path, Content().ToJsonString(_json) + "\n");
    }

    private static JsonObject Content()
    {
        var program = new ProcessStartInfo();
        HostProgram.Address(program);
        return new JsonObject
        {
            ["argv"] = new JsonArray([program.FileName, .. program.ArgumentList, "kernel", "start", "{connection_file}"]),
            ["display_name"] = KernelInfo.DisplayName,
            ["language"] = "C#",
            ["interrupt_mode"] = "message",
            ["env"] = new JsonObject { [NotebookEnvironment.HeldArguments.Key] = NotebookEnvironment.HeldArguments.Value },
            ["metadata"] = new JsonObject { ["implementation"] = Own },
        };
    }

    private JsonObject Read()
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(Path)) as JsonObject ?? throw new JsonException("it is no object");
        }
        catch (JsonException exception)
        {
            throw new DataFileException(Path, $"it is no kernel specification ({exception.Message}). Delete its folder, or repair it.");
        }
    }
}
