using System.Net;
using System.Net.Http.Headers;

namespace AttentionNotebooks;

/// <summary>Gets one file from one place, going on from what is there if the server allows it.</summary>
/// <param name="client">What to ask with.</param>
/// <param name="time">Says how long nothing has come.</param>
internal sealed class Download(HttpClient client, TimeProvider time)
{
    /// <summary>How long nothing may come.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Gets a file.</summary>
    /// <param name="mirror">Where it is.</param>
    /// <param name="part">Where what has come so far lies, and the rest goes.</param>
    /// <param name="name">The file it will be, to show.</param>
    /// <param name="size">How many bytes it has, or null if nobody knows.</param>
    /// <param name="largest">The most it may have if nobody knows.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Whether it went on from an earlier download.</returns>
    /// <exception cref="DataFileException">There is more than there should be.</exception>
    public async Task<bool> RunAsync(Uri mirror, string part, string name, long? size, long largest, IProgress<DataProgress>? progress, CancellationToken cancellation)
    {
        await using var file = new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        // More than the whole is none of it.
        if (file.Length > (size ?? largest)) file.SetLength(0);
        // All of it is there already, and was not checked yet.
        if (file.Length == size) return true;

        using var silence = new CancellationTokenSource(Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellation);
        try
        {
            using var response = await Ask(mirror, file, stop.Token);
            var resumed = file.Length > 0;
            var total = size ?? (response.Content.Headers.ContentLength is { } rest ? file.Length + rest : null);
            await using var body = await response.Content.ReadAsStreamAsync(stop.Token);
            await Copy(body, file, size ?? largest, () => silence.CancelAfter(Patience), received => progress?.Report(new(name, mirror, received, total)), stop.Token);
            if (file.Length < total) throw new IOException($"the connection ended after {file.Length} of {total} bytes");
            return resumed;
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing came for {Patience.TotalSeconds} seconds", e);
        }
    }

    // Leaves the file as long as what the response goes on from.
    private async Task<HttpResponseMessage> Ask(Uri mirror, FileStream file, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, mirror);
        if (file.Length > 0) request.Headers.Range = new RangeHeaderValue(file.Length, null);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        try
        {
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && file.Length > 0)
            {
                response.Dispose();
                file.SetLength(0);
                return await Ask(mirror, file, cancellation);
            }

            response.EnsureSuccessStatusCode();
            if (response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == file.Length) file.Position = file.Length;
            else if (response.StatusCode == HttpStatusCode.PartialContent) throw new HttpRequestException("the server sent another part than was asked for");
            else file.SetLength(0);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static async Task Copy(Stream body, FileStream file, long most, Action heard, Action<long> report, CancellationToken stop)
    {
        var bytes = new byte[1 << 16];
        while (true)
        {
            heard();
            var count = await body.ReadAsync(bytes, stop);
            if (count == 0) break;
            if (file.Length + count > most) throw new DataFileException(file.Name, $"more than {most} bytes came");
            await file.WriteAsync(bytes.AsMemory(0, count), stop);
            report(file.Length);
        }
    }
}
