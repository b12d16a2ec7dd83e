namespace NotebookHost;

/// <summary>Jupyter's commands, for those who open the notebooks there.</summary>
internal sealed class JupyterCheck : ICheck
{
    private const string Remedy = "Debian: apt-get install jupyter-notebook jupyter-nbconvert; elsewhere: pip install notebook nbconvert";

    public string Subject => "Jupyter";

    public async Task<CheckResult> RunAsync(CancellationToken cancellation)
    {
        ProgramAnswer nbconvert = await ExternalProgram.AskAsync("jupyter", null, cancellation, "nbconvert", "--version");
        if (!nbconvert.WasStarted)
            return CheckResult.Warning($"jupyter does not start: {nbconvert.Error}. Our own runner and VS Code do without.", Remedy);
        if (!nbconvert.Succeeded)
            return CheckResult.Warning($"jupyter is here, and nbconvert is not: {nbconvert.Complaint}", Remedy);
        return CheckResult.Ok($"jupyter, with nbconvert {nbconvert.Output.Split('\n')[^1].Trim()}.");
    }
}
