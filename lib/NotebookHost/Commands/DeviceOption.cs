using System.CommandLine;
using AttentionNotebooks;

namespace NotebookHost;

/// <summary><c>--device</c>, for the commands that compute.</summary>
internal static class DeviceOption
{
    public static Option<string> Create()
    {
        // Whoever has set the variable for all that runs here need not say it again.
        string Default() => Environment.GetEnvironmentVariable(RunDevice.Variable) is { Length: > 0 } set ? set : RunDevice.Auto;
        var option = new Option<string>("--device") { Description = "Where models are trained: the GPU if this build can use one, the processor, or the GPU or not at all.", DefaultValueFactory = _ => Default() };
        option.AcceptOnlyFromAmong([.. RunDevice.Choices]);
        return option;
    }
}
