using System.Text.Json;

namespace NotebookHost;

/// <summary>Does Jupyter know our kernel, and does what it would start still exist?</summary>
/// <param name="host">The folder of this program.</param>
internal sealed class KernelCheck(string host) : ICheck
{
    private const string Remedy = "attention kernel install";

    public string Subject => "Jupyter kernel";

    public async Task<CheckResult> RunAsync(CancellationToken cancellation)
    {
        ProgramAnswer list = await ExternalProgram.AskAsync("jupyter", null, cancellation, "kernelspec", "list", "--json");
        if (!list.WasStarted)
            return CheckResult.Warning("without Jupyter there is nothing that would start a kernel.", $"Install Jupyter, then: {Remedy}");
        if (!list.Succeeded)
            return CheckResult.Warning($"jupyter cannot list its kernels: {list.Complaint}", "Install Jupyter again (Debian: apt-get install --reinstall jupyter-client)");
        try
        {
            return Judge(KernelEntry.ReadList(list.Output));
        }
        catch (JsonException exception)
        {
            return CheckResult.Warning($"jupyter kernelspec list --json does not answer in its own format: {exception.Message}", "Update Jupyter");
        }
    }

    private CheckResult Judge(IReadOnlyList<KernelEntry> kernels)
    {
        KernelEntry[] ours = [.. kernels.Where(kernel => kernel.IsOurs)];
        if (ours.Length == 0)
            return CheckResult.Warning("Jupyter does not know our kernel.", Remedy);
        if (Array.Find(ours, kernel => !File.Exists(kernel.Program)) is { } gone)
            return CheckResult.Warning($"“{gone.Name}” starts {gone.Program}, which is not there.", Remedy);
        if (Array.Find(ours, kernel => !kernel.IsIn(host)) is { } other)
            return CheckResult.Warning($"“{other.Name}” starts {other.Program}, another build.", $"To have this one: {Remedy}");
        return CheckResult.Ok($"{string.Join(" and ", ours.Select(kernel => $"“{kernel.Name}”"))} start{(ours.Length == 1 ? "s" : "")} this program.");
    }
}
