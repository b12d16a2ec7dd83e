using System.Globalization;

namespace NotebookHost;

/// <summary>How many threads one tensor operation takes: on busy cores more only wait for each other.</summary>
/// <param name="cores">Cores of this machine.</param>
/// <param name="setting">The value of <c>OMP_NUM_THREADS</c>; null where it is not set.</param>
internal sealed class ThreadsCheck(int cores, string? setting) : ICheck
{
    private const string Remedy = "export OMP_NUM_THREADS=1";

    public string Subject => "threads";

    public Task<CheckResult> RunAsync(CancellationToken cancellation) => Task.FromResult(Result());

    private CheckResult Result()
    {
        string machine = cores == 1 ? "1 core" : string.Create(CultureInfo.InvariantCulture, $"{cores} cores");
        if (string.IsNullOrEmpty(setting))
            return CheckResult.Ok($"{machine}. Notebooks and experiments take one thread an operation, for the same numbers again; OMP_NUM_THREADS is not set, and programs of your own take all cores.");
        if (!int.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) || threads == 0)
            return CheckResult.Warning($"{machine}. OMP_NUM_THREADS is “{setting}”, which is no number of threads and is ignored.", Remedy);
        if (threads > cores)
            return CheckResult.Warning($"{machine}, and OMP_NUM_THREADS={setting}: threads that share a core wait for each other, up to ten times as long.", Remedy);
        return CheckResult.Ok($"{machine}, OMP_NUM_THREADS={setting}.");
    }
}
