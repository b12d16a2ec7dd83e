using System.Globalization;
using System.Text.RegularExpressions;

namespace AttentionNotebooks;

/// <summary>The Free Spoken Digit Dataset as files: a tar archive, or a folder of WAV files named <c>digit_speaker_number.wav</c>.</summary>
internal static partial class SpokenDigitFiles
{
    public const string Name = "Free Spoken Digit Dataset";
    private const string Folder = "fsdd";
    private const string Recordings = "recordings";
    private const int SampleRate = 8000;

    // The longest recording has 18,262 samples.
    private const long LargestFile = 1 << 20;

    private static readonly string[] Names = ["fsdd-recordings.tar.gz", "fsdd-recordings.tar", Recordings];

    /// <summary>Is it there, in one form or the other?</summary>
    public static bool AnyIn(DataRoot root) => Names.Any(name => Path.Exists(root.Of(Folder, name)));

    /// <summary>Reads all recordings, ordered by speaker, digit and number.</summary>
    public static SpokenDigitSet Read(DataRoot root)
    {
        var path = DataFile.Locate(root, Folder, Name, Names);
        var read = Directory.Exists(path) ? FromFolder(path) : FromArchive(path);
        var recordings = read.OrderBy(r => r.Speaker, StringComparer.Ordinal).ThenBy(r => r.Digit).ThenBy(r => r.Number).ToArray();
        RequireComplete(recordings, path);
        return new(Name, SampleRate, recordings, "Jackson et al. 2016");
    }

    private static List<Recording> FromArchive(string path)
    {
        var recordings = new List<Recording>();
        TarFile.ForEachFile(path, LargestFile, (name, bytes, length) =>
        {
            var parts = name.Split('/');
            if (parts.Length >= 2 && parts[^2] == Recordings && IsRecording(parts[^1]))
                recordings.Add(Named(parts[^1], path, $"{name}: ", new WavReader(bytes, length, path, $"{name}: ").Read()));
        });
        return recordings;
    }

    private static List<Recording> FromFolder(string path)
    {
        var files = Directory.EnumerateFiles(path).Where(file => IsRecording(Path.GetFileName(file)));
        return [.. files.Select(file => Named(Path.GetFileName(file), file, "", WavFile.Read(file)))];
    }

    private static bool IsRecording(string file) => file.EndsWith(".wav", StringComparison.OrdinalIgnoreCase);

    private static Recording Named(string file, string path, string place, WavFile wav)
    {
        var name = FileName().Match(file);
        if (!name.Success) throw new DataFileException(path, $"{place}the name of a recording is digit_speaker_number.wav, as in 7_jackson_32.wav. Take the file away.");
        if (wav.SampleRate != SampleRate) throw new DataFileException(path, $"{place}{wav.SampleRate} samples a second, but those of {Name} are {SampleRate}. {DataFile.Again}");
        return new(Number("digit"), name.Groups["speaker"].Value, Number("number"), wav.Samples);

        int Number(string group) => int.Parse(name.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    // A tar archive that ends early at the edge of an entry looks whole: only what is missing shows it.
    private static void RequireComplete(Recording[] recordings, string path)
    {
        if (recordings.Length == 0) throw new DataFileException(path, $"there are no recordings in {Recordings}/. {DataFile.Again}");
        var there = new HashSet<(string, int, int)>();
        foreach (var recording in recordings)
        {
            if (!there.Add((recording.Speaker, recording.Digit, recording.Number)))
                throw new DataFileException(path, $"recording {NameOf(recording.Digit, recording.Speaker, recording.Number)} is there twice. {DataFile.Again}");
        }

        var takes = recordings.Max(recording => recording.Number) + 1;
        foreach (var speaker in recordings.Select(recording => recording.Speaker).Distinct(StringComparer.Ordinal))
        {
            for (var i = 0; i < 10 * takes; i++)
            {
                if (!there.Contains((speaker, i / takes, i % takes)))
                    throw new DataFileException(path, $"incomplete: {NameOf(i / takes, speaker, i % takes)} is missing. {DataFile.Again}");
            }
        }
    }

    private static string NameOf(int digit, string speaker, int number) => $"{digit}_{speaker}_{number}.wav";

    [GeneratedRegex("^(?<digit>[0-9])_(?<speaker>[A-Za-z]+)_(?<number>[0-9]{1,4})\\.wav$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FileName();
}
