using System.CommandLine;
using AttentionNotebooks;

namespace NotebookHost;

/// <summary><c>--profile</c>, for the commands that compute.</summary>
internal static class ProfileOption
{
    public static Option<string> Create()
    {
        var option = new Option<string>("--profile") { Description = "How much the experiments compute.", DefaultValueFactory = _ => RunProfile.Quick };
        option.AcceptOnlyFromAmong(RunProfile.Quick, "full");
        return option;
    }
}
