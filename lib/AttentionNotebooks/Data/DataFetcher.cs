namespace AttentionNotebooks;

/// <summary>
/// Gets data sets: mirrors in turn, going on where an earlier download stopped, and nothing takes its place in the data root before its
/// SHA-256 is right. What is whole stays as it is; what failed leaves everything as it was, but for a file <c>.part</c> to go on from.
/// </summary>
public sealed class DataFetcher
{
    /// <summary>The environment variable that forbids downloads where it is 1.</summary>
    public const string OfflineVariable = "ATTENTION_OFFLINE";

    private readonly DataRoot root;
    private readonly DataVerifier verifier;
    private readonly Download download;
    private readonly bool offline;

    /// <summary>Prepares to get data.</summary>
    /// <param name="root">Where data lie.</param>
    /// <param name="client">What to ask the mirrors with; the caller owns it.</param>
    public DataFetcher(DataRoot root, HttpClient client)
        : this(root, client, Environment.GetEnvironmentVariable(OfflineVariable) == "1")
    {
    }

    internal DataFetcher(DataRoot root, HttpClient client, bool offline, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(client);
        (this.root, this.offline, verifier, download) = (root, offline, new(root), new(client, time ?? TimeProvider.System));
    }

    /// <summary>Gets what is missing or damaged of a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="progress">Is told how far it is, or null.</param>
    /// <param name="cancellation">Stops it; what has come so far is kept.</param>
    /// <exception cref="DataFileException">Downloads are forbidden, no mirror has the file, or it cannot be written. The message says what each mirror did.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task FetchAsync(DataSetEntry set, IProgress<DataProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (verifier.Check(set).IsWhole) return;
        if (offline) throw new DataFileException(root.Of(set.Name), $"{set.Title} is not whole, and {OfflineVariable}=1 forbids downloads. Unset it, or put the files there by hand.");

        foreach (var file in set.Files.Where(file => file.Mirrors.Count > 0))
        {
            var path = root.Of(file.Path);
            if (DataVerifier.CheckFile(path, file.Size, file.Sha256).State != DataState.Ok)
                await FromMirrors(path, file.Mirrors, file.Size, part => Accept(part, path, file), progress, cancellation);
        }

        if (set.Archive is { } archive && !verifier.Check(set).IsWhole)
        {
            RequireNoDamagedStandIn(set);
            var path = root.Of(set.Name, $"{set.Name}.{archive.Format}");
            await FromMirrors(path, archive.Mirrors, null, part => Unpack(part, set, archive), progress, cancellation, archive.Largest);
        }

        if (verifier.Check(set).Files.FirstOrDefault(check => check.State != DataState.Ok) is { } wrong)
            throw new DataFileException(wrong.Path, $"{wrong.Detail}, and nobody offers it for download. Put it there by hand.");
    }

    // Readers take a file before the folder that serves instead, so a damaged one would hide what is unpacked.
    private void RequireNoDamagedStandIn(DataSetEntry set)
    {
        if (set.Unpacked is null) return;
        foreach (var file in set.Files)
        {
            var check = DataVerifier.CheckFile(root.Of(file.Path), file.Size, file.Sha256);
            if (check.State is not (DataState.Ok or DataState.Missing))
                throw new DataFileException(check.Path, $"{check.Detail}, and nobody offers it for download. Delete it and fetch again: what it holds comes as a folder then.");
        }
    }

    private async Task FromMirrors(
        string path, IReadOnlyList<Uri> mirrors, long? size, Action<string> accept, IProgress<DataProgress>? progress, CancellationToken cancellation, long largest = long.MaxValue)
    {
        var (part, failures) = (path + ".part", new List<string>());
        foreach (var mirror in mirrors)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                var resumed = await download.RunAsync(mirror, part, path, size, largest, progress, cancellation);
                try
                {
                    accept(part);
                    return;
                }
                catch (DataFileException) when (resumed)
                {
                    // What was there before may have been of something else: once more, from the beginning.
                    File.Delete(part);
                    await download.RunAsync(mirror, part, path, size, largest, progress, cancellation);
                    accept(part);
                    return;
                }
            }
            catch (DataFileException e)
            {
                File.Delete(part);
                failures.Add($"{mirror}: {e.Message}");
            }
            catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException or TimeoutException)
            {
                failures.Add($"{mirror}: {e.Message}");
            }
            finally
            {
                // There is nothing in it to go on from.
                if (new FileInfo(part) is { Exists: true, Length: 0 }) File.Delete(part);
            }
        }

        throw new DataFileException(path, $"it could not be fetched. {string.Join("; ", failures)}. Check the connection and try again, or put the file there by hand.");
    }

    private static void Accept(string part, string path, DataFileEntry file)
    {
        var check = DataVerifier.CheckFile(part, file.Size, file.Sha256);
        if (check.State != DataState.Ok) throw new DataFileException(part, check.Detail);
        File.Move(part, path, overwrite: true);
    }

    private void Unpack(string part, DataSetEntry set, DataArchiveEntry archive)
    {
        var folder = root.Of(set.Name, $".unpacked-{Guid.NewGuid():N}");
        try
        {
            DataArchive.Unpack(part, archive, folder);
            if (set.Unpacked is { } expected) AcceptFolder(folder, expected);
            else AcceptFiles(folder, set.Files);
            File.Delete(part);
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    private void AcceptFolder(string folder, DataFolderEntry expected)
    {
        var check = DataVerifier.CheckFolder(folder, expected);
        if (check.State != DataState.Ok) throw new DataFileException(root.Of(expected.Path), $"what was unpacked is something else: {check.Detail}");
        var (path, old) = (root.Of(expected.Path), $"{folder}-old");
        var had = Directory.Exists(path);
        if (had) Directory.Move(path, old);
        try
        {
            Directory.Move(folder, path);
        }
        catch when (had)
        {
            Directory.Move(old, path);
            throw;
        }

        if (had) Directory.Delete(old, recursive: true);
    }

    private void AcceptFiles(string folder, IReadOnlyList<DataFileEntry> files)
    {
        string Unpacked(DataFileEntry file) => Path.Combine(folder, Path.GetFileName(file.Path));
        foreach (var file in files)
        {
            var check = DataVerifier.CheckFile(Unpacked(file), file.Size, file.Sha256);
            if (check.State != DataState.Ok) throw new DataFileException(root.Of(file.Path), $"what was unpacked is something else: {check.Detail}");
        }

        foreach (var file in files) File.Move(Unpacked(file), root.Of(file.Path), overwrite: true);
    }
}
