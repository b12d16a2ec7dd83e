using System.Globalization;

namespace AttentionNotebooks;

/// <summary>How a notebook runs: quick or full, from which seed, on how many threads, on which device. The host sets it through the environment; a reader who opens the notebook gets the quick profile.</summary>
/// <param name="Full">Whether there is time for the full experiment.</param>
/// <param name="Seed">Where all randomness starts.</param>
/// <param name="Threads">Threads for one tensor operation; with 1 the same seed gives the same numbers, bit for bit.</param>
public sealed record RunProfile(bool Full, long Seed, int Threads)
{
    /// <summary>The environment variable that says <c>quick</c> or <c>full</c>.</summary>
    public const string ProfileVariable = "ATTENTION_PROFILE";

    /// <summary>The environment variable that holds the seed.</summary>
    public const string SeedVariable = "ATTENTION_SEED";

    /// <summary>Begins a notebook: loads the native libraries, sets the threads and the device, and says what profile it is.</summary>
    /// <exception cref="NativeLibraryException">TorchSharp cannot work here; the message says what to do.</exception>
    /// <exception cref="DeviceUnavailableException">A GPU is asked for, and there is none; the message says what to do.</exception>
    /// <exception cref="FormatException">A variable has a value that means nothing; the message says which.</exception>
    public static RunProfile Begin()
    {
        var profile = Parse(Environment.GetEnvironmentVariable(ProfileVariable), Environment.GetEnvironmentVariable(SeedVariable));
        NativeTorch.EnsureLoaded();
        torch.set_num_threads(profile.Threads);
        RunDevice.Current = RunDevice.Of(Environment.GetEnvironmentVariable(RunDevice.Variable));
        return profile;
    }

    /// <summary>Reads the two variables; null or empty stand for quick and for seed 0.</summary>
    internal static RunProfile Parse(string? profile, string? seed)
    {
        var full = profile switch
        {
            null or "" or Quick => false,
            "full" => true,
            _ => throw new FormatException($"{ProfileVariable} is “{profile}”; it may be quick or full."),
        };
        if (string.IsNullOrEmpty(seed)) return new RunProfile(full, 0, 1);
        return long.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new RunProfile(full, number, 1)
            : throw new FormatException($"{SeedVariable} is “{seed}”; it is a whole number from 0.");
    }

    /// <summary>What the quick profile is called, in the environment and in rows of results.</summary>
    public const string Quick = "quick";

    /// <summary>What the profile is called: quick or full.</summary>
    public string Name => Full ? "full" : Quick;

    /// <summary>One of two numbers, by profile.</summary>
    public int Choose(int quick, int full) => Full ? full : quick;

    /// <summary>The profile in a line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} profile, seed {Seed}, {Threads} thread{(Threads == 1 ? "" : "s")}");
}
