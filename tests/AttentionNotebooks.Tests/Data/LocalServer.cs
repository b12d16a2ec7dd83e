using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AttentionNotebooks;

/// <summary>A web server on this machine that behaves, or misbehaves, as a test says. One request a connection; it ends with the test.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentDictionary<string, LocalAnswer> answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<LocalRequest> requests = new();

    public LocalServer()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>What was asked so far, in order.</summary>
    public IReadOnlyList<LocalRequest> Requests => [.. requests];

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>Answers everything that has no answer of its own.</summary>
    public LocalAnswer Otherwise { get; set; } = LocalAnswers.Status(404);

    /// <summary>Gives a path an answer.</summary>
    public Uri Serve(string path, LocalAnswer answer)
    {
        answers[path] = answer;
        return new(Address + path);
    }

    /// <summary>Gives an address an answer, for which this server is the proxy.</summary>
    public void ServeAs(Uri address, LocalAnswer answer) => answers[address.ToString()] = answer;

    public void Dispose()
    {
        end.Cancel();
        listener.Dispose();
        end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = AnswerAsync(await listener.AcceptTcpClientAsync(end.Token), end.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client, CancellationToken cancellation)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var request = await ReadAsync(stream, cancellation);
                requests.Enqueue(request);
                await answers.GetValueOrDefault(request.Path, Otherwise)(request, stream, cancellation);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
            {
                // The other side hung up, or the test is over.
            }
        }
    }

    private static async Task<LocalRequest> ReadAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var (head, one) = (new StringBuilder(), new byte[1]);
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && head.Length < 16_384 && await stream.ReadAsync(one, cancellation) == 1) head.Append((char)one[0]);
        var lines = head.ToString().Split("\r\n");
        var range = lines.FirstOrDefault(line => line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase));
        return new(lines[0].Split(' ').ElementAtOrDefault(1) ?? "", range is null ? null : long.Parse(range["Range: bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture));
    }
}

/// <summary>What was asked of a <see cref="LocalServer"/>.</summary>
/// <param name="Path">The path, or the whole address where the server is used as a proxy.</param>
/// <param name="From">From which byte on; null for all.</param>
internal sealed record LocalRequest(string Path, long? From);

/// <summary>Writes an answer.</summary>
internal delegate Task LocalAnswer(LocalRequest request, Stream reply, CancellationToken cancellation);

/// <summary>Ways to answer, right and wrong.</summary>
internal static class LocalAnswers
{
    /// <summary>As a good server does: the whole, or what is asked of it.</summary>
    public static LocalAnswer Whole(byte[] bytes) => (request, reply, cancellation) => Send(reply, Head(request, bytes), bytes.AsMemory((int)(request.From ?? 0)), cancellation);

    /// <summary>Always the whole.</summary>
    public static LocalAnswer WithoutRanges(byte[] bytes) => (_, reply, cancellation) => Send(reply, Head(new("", null), bytes), bytes, cancellation);

    public static LocalAnswer Status(int status) => (_, reply, cancellation) => Send(reply, $"HTTP/1.1 {status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", default, cancellation);

    /// <summary>Promises everything and hangs up after some bytes.</summary>
    public static LocalAnswer BreakingAfter(byte[] bytes, int count) => (request, reply, cancellation) =>
        Send(reply, Head(request, bytes), bytes.AsMemory((int)(request.From ?? 0)) is var rest && rest.Length > count ? rest[..count] : rest, cancellation);

    /// <summary>Sends some bytes, then nothing, and does not hang up.</summary>
    public static LocalAnswer StallingAfter(byte[] bytes, int count) => async (request, reply, cancellation) =>
    {
        await BreakingAfter(bytes, count)(request, reply, cancellation);
        await Task.Delay(Timeout.Infinite, cancellation);
    };

    /// <summary>Takes the request and never answers.</summary>
    public static LocalAnswer Silent() => (_, _, cancellation) => Task.Delay(Timeout.Infinite, cancellation);

    /// <summary>Small pieces with a pause between them.</summary>
    public static LocalAnswer Slowly(byte[] bytes, int piece, TimeSpan pause) => async (request, reply, cancellation) =>
    {
        await Send(reply, Head(request, bytes), default, cancellation);
        for (var at = (int)(request.From ?? 0); at < bytes.Length; at += piece)
        {
            await reply.WriteAsync(bytes.AsMemory(at, Math.Min(piece, bytes.Length - at)), cancellation);
            await Task.Delay(pause, cancellation);
        }
    };

    /// <summary>Says no length and sends the same byte until the other side hangs up; counts what it sent.</summary>
    public static LocalAnswer Endless(Action<int> sent) => async (_, reply, cancellation) =>
    {
        await Send(reply, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", default, cancellation);
        for (var piece = new byte[4096]; ; sent(piece.Length)) await reply.WriteAsync(piece, cancellation);
    };

    /// <summary>Another part than was asked for.</summary>
    public static LocalAnswer OtherPart(byte[] bytes) => (request, reply, cancellation) => request.From is null
        ? Whole(bytes)(request, reply, cancellation)
        : Send(reply, $"HTTP/1.1 206 Partial\r\nContent-Range: bytes 0-{bytes.Length - 1}/{bytes.Length}\r\nContent-Length: {bytes.Length}\r\nConnection: close\r\n\r\n", bytes, cancellation);

    /// <summary>One answer after the other, the last again and again.</summary>
    public static LocalAnswer InTurn(params LocalAnswer[] answers)
    {
        var next = -1;
        return (request, reply, cancellation) => answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)](request, reply, cancellation);
    }

    private static string Head(LocalRequest request, byte[] bytes) => request.From is not { } from
        ? $"HTTP/1.1 200 OK\r\nContent-Length: {bytes.Length}\r\nAccept-Ranges: bytes\r\nConnection: close\r\n\r\n"
        : from >= bytes.Length
            ? $"HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */{bytes.Length}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            : $"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {from}-{bytes.Length - 1}/{bytes.Length}\r\nContent-Length: {bytes.Length - from}\r\nConnection: close\r\n\r\n";

    private static async Task Send(Stream reply, string head, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        await reply.WriteAsync(Encoding.ASCII.GetBytes(head), cancellation);
        if (!head.Contains(" 416 ", StringComparison.Ordinal)) await reply.WriteAsync(body, cancellation);
        await reply.FlushAsync(cancellation);
    }
}
