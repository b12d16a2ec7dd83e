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
        if (Array.Find(ours, kernel => kernel.LeadsTo(host)) is { } right)
            return CheckResult.Ok($"“{right.Name}” starts this program.");
        KernelEntry other = ours[0];
        return CheckResult.Warning($"“{other.Name}” starts {other.Program}, {(File.Exists(other.Program) ? "another build" : "which is not there")}.", Remedy);
    }
}
