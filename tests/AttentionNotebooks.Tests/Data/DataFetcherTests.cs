using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using static AttentionNotebooks.LocalAnswers;

namespace AttentionNotebooks;

/// <summary>Downloads from a real web server on this machine.</summary>
public sealed class DataFetcherTests : IDisposable
{
    private static readonly byte[] Right = IdxWriter.Counting(300_000);
    private static readonly byte[] Wrong = [.. Right.Reverse()];

    private readonly TemporaryFolder folder = new();
    private readonly LocalServer server = new();
    private readonly HttpClient client = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly List<DataProgress> reports = [];
    private readonly FakeTimeProvider time = new();

    private string Target => Path.Combine(folder.Path, "set", "a.bin");

    private string Part => Target + ".part";

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_file_comes_from_the_first_mirror_and_progress_is_told()
    {
        await Fetch([server.Serve("/a", Whole(Right)), server.Serve("/b", Whole(Right))]);

        Assert.Equal(Right, await File.ReadAllBytesAsync(Target));
        Assert.Equal([Target], Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
        Assert.Equal(["/a"], server.Requests.Select(request => request.Path));
        Assert.Equal(reports.Select(report => report.Received).Order(), reports.Select(report => report.Received));
        Assert.All(reports, report => Assert.Equal((Target, 300_000L, "/a"), (report.File, report.Total, report.Mirror.AbsolutePath)));
        Assert.Equal(300_000, reports[^1].Received);
    }

    [Fact]
    public async Task What_is_whole_is_not_asked_for_again()
    {
        folder.File("set/a.bin", Right);

        await Fetch([server.Serve("/a", Whole(Right))], offline: true);

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task After_a_broken_connection_the_next_mirror_goes_on_from_there()
    {
        await Fetch([server.Serve("/a", BreakingAfter(Right, 100_000)), server.Serve("/b", Whole(Right))]);

        Assert.Equal(Right, await File.ReadAllBytesAsync(Target));
        Assert.Equal([new("/a", null), new("/b", 100_000)], server.Requests);
    }

    [Fact]
    public async Task A_later_call_goes_on_where_an_earlier_one_broke_off()
    {
        var mirror = server.Serve("/a", InTurn(BreakingAfter(Right, 70_000), BreakingAfter(Right, 130_000), Whole(Right)));

        var error = await Assert.ThrowsAsync<DataFileException>(() => Fetch([mirror]));
        Assert.Contains("could not be fetched", error.Message, StringComparison.Ordinal);
        Assert.Equal(70_000, new FileInfo(Part).Length);
        Assert.False(File.Exists(Target));
        await Assert.ThrowsAsync<DataFileException>(() => Fetch([mirror]));
        await Fetch([mirror]);

        Assert.Equal(Right, await File.ReadAllBytesAsync(Target));
        Assert.Equal([null, 70_000, 200_000], server.Requests.Select(request => request.From));
        Assert.False(File.Exists(Part));
    }

    [Fact]
    public async Task A_server_that_cannot_go_on_begins_anew()
    {
        folder.File("set/a.bin.part", Right[..50_000]);

        await Fetch([server.Serve("/a", WithoutRanges(Right))]);

        Assert.Equal(Right, await File.ReadAllBytesAsync(Target));
        Assert.Equal([50_000], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task Another_part_than_was_asked_for_is_not_taken()
    {
        folder.File("set/a.bin.part", Right[..50_000]);

        await Fetch([server.Serve("/a", OtherPart(Right)), server.Serve("/b", Whole(Right))]);

        Assert.Equal(Right, await File.ReadAllBytesAsync(Target));
        Assert.Equal([new("/a", 50_000), new("/b", 50_000)], server.Requests);
    }

    [Fact]
    public async Task What_was_there_of_something_else_is_thrown_away_and_got_anew_from_the_same_mirror()
    {
        folder.File("set/a.bin.part", Wrong[..50_000]);

        await Fetch([server.Serve("/a", Whole(Right))]);

        Assert.Equal(Right, await File.ReadAllBytesAsync(Target));
        Assert.Equal([50_000, null], server.Requests.Select(request => request.From));
    }

    [Theory]
    [InlineData(300_000, 0)]
    [InlineData(300_001, 1)]
    public async Task A_whole_part_needs_no_request_and_one_that_is_too_long_a_new_one(int length, int requests)
    {
        folder.File("set/a.bin.part", length == Right.Length ? Right : [.. Right, 0]);

        await Fetch([server.Serve("/a", Whole(Right))]);

        Assert.Equal(Right, await File.ReadAllBytesAsync(Target));
        Assert.Equal(requests, server.Requests.Count(request => request.From is null));
        Assert.Equal(requests, server.Requests.Count);
    }

    [Fact]
    public async Task Wrong_bytes_are_not_gone_on_from_and_the_next_mirror_is_asked()
    {
        await Fetch([server.Serve("/a", Whole(Wrong)), server.Serve("/b", Whole(Right))]);

        Assert.Equal(Right, await File.ReadAllBytesAsync(Target));
        Assert.Equal([new("/a", null), new("/b", null)], server.Requests);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    [InlineData(500)]
    [InlineData(416)]
    public async Task An_error_of_a_server_leads_to_the_next_mirror(int status)
    {
        await Fetch([server.Serve("/a", Status(status)), server.Serve("/b", Whole(Right))]);

        Assert.Equal(Right, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task A_server_that_is_not_there_leads_to_the_next_mirror()
    {
        string gone;
        using (var other = new LocalServer()) gone = other.Address;

        await Fetch([new(gone + "/a"), server.Serve("/b", Whole(Right))]);

        Assert.Equal(Right, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task A_server_that_says_nothing_or_stops_saying_is_left_after_some_patience()
    {
        await Fetch(
            [server.Serve("/a", SilentFor(Download.Patience)), server.Serve("/b", StallingAfter(Right, 90_000)), server.Serve("/c", Whole(Right))],
            onReport: report => time.Advance(report.Received == 90_000 ? Download.Patience : TimeSpan.Zero));

        Assert.Equal(Right, await File.ReadAllBytesAsync(Target));
        Assert.Equal([new("/a", null), new("/b", null), new("/c", 90_000)], server.Requests);
        var error = await Assert.ThrowsAsync<DataFileException>(() => Fetch([server.Serve("/a", SilentFor(Download.Patience))], "b.bin"));
        Assert.Contains("nothing came for 60 seconds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slowness_is_not_silence()
    {
        var begun = time.GetUtcNow();
        await Fetch([server.Serve("/a", Slowly(Right, 50_000, TimeSpan.FromMilliseconds(20)))], onReport: _ => time.Advance(0.9 * Download.Patience));

        Assert.Equal(Right, await File.ReadAllBytesAsync(Target));
        // Longer in all than nothing may come at once.
        Assert.True(time.GetUtcNow() - begun > Download.Patience);
    }

    [Fact]
    public async Task More_than_the_file_has_is_not_even_written()
    {
        var sent = 0L;
        var longest = 0L;
        var error = await Assert.ThrowsAsync<DataFileException>(() => Fetch([server.Serve("/a", Endless(count => { Interlocked.Add(ref sent, count); longest = Math.Max(longest, File.Exists(Part) ? new FileInfo(Part).Length : 0); }))]));

        Assert.Contains("more than 300000 bytes came", error.Message, StringComparison.Ordinal);
        Assert.InRange(longest, 0, 300_000);
        // What the system's buffers on both sides hold comes on top.
        Assert.InRange(Interlocked.Read(ref sent), 300_000, 64 << 20);
        Assert.Empty(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_file_that_is_shorter_than_it_should_be_does_not_pass()
    {
        var error = await Assert.ThrowsAsync<DataFileException>(() => Fetch([server.Serve("/a", Whole(Right[..200_000]))]));

        Assert.Contains("the connection ended after 200000 of 300000 bytes", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task A_wrong_checksum_leaves_what_was_there_as_it_was()
    {
        var old = folder.File("set/a.bin", "an older version"u8.ToArray());

        var error = await Assert.ThrowsAsync<DataFileException>(() => Fetch([server.Serve("/a", Whole(Wrong)), server.Serve("/b", Status(404))]));

        Assert.Equal("an older version", await File.ReadAllTextAsync(old));
        Assert.Equal([old], Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
        Assert.Contains("/a: ", error.Message, StringComparison.Ordinal);
        Assert.Contains($"its SHA-256 is {Hash(Wrong)}, expected {Hash(Right)}", error.Message, StringComparison.Ordinal);
        Assert.Contains("/b: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("404", error.Message, StringComparison.Ordinal);
        Assert.Contains("put the file there by hand", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_keeps_what_has_come_and_a_later_call_goes_on()
    {
        using var stop = new CancellationTokenSource();
        var mirror = server.Serve("/a", InTurn(StallingAfter(Right, 120_000), Whole(Right)));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Fetch([mirror], cancellation: stop.Token, onReport: report =>
        {
            if (report.Received == 120_000) stop.Cancel();
        }));

        Assert.Equal(Right[..120_000], await File.ReadAllBytesAsync(Part));
        Assert.False(File.Exists(Target));
        await Fetch([mirror]);
        Assert.Equal(Right, await File.ReadAllBytesAsync(Target));
        Assert.Equal([null, 120_000], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task Offline_nothing_is_asked_and_the_remedy_is_told()
    {
        var error = await Assert.ThrowsAsync<DataFileException>(() => Fetch([server.Serve("/a", Whole(Right))], offline: true));

        Assert.Empty(server.Requests);
        Assert.Contains("ATTENTION_OFFLINE=1 forbids downloads. Unset it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_sees_the_old_file_or_the_new_one_and_never_half()
    {
        folder.File("set/a.bin", Wrong);
        var fetch = Fetch([server.Serve("/a", Slowly(Right, 30_000, TimeSpan.FromMilliseconds(20)))]);
        var (old, reads) = (0, 0);
        do
        {
            var bytes = await File.ReadAllBytesAsync(Target);
            if (bytes.AsSpan().SequenceEqual(Wrong)) old++;
            else Assert.True(bytes.AsSpan().SequenceEqual(Right));
            reads++;
        }
        while (!fetch.IsCompleted);
        await fetch;

        Assert.InRange(old, 1, reads);
        Assert.Equal(Right, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task A_file_that_nobody_offers_is_named()
    {
        var error = await Assert.ThrowsAsync<DataFileException>(() => Fetch([]));

        Assert.Equal(Target, error.Path);
        Assert.Contains("nobody offers it for download. Put it there by hand.", error.Message, StringComparison.Ordinal);
    }

    private async Task Fetch(
        Uri[] mirrors, string name = "a.bin", bool offline = false, Action<DataProgress>? onReport = null, CancellationToken cancellation = default)
    {
        var set = new DataSetEntry("set", "a set", "bytes", "free", "nobody", "none", [new($"set/{name}", Right.Length, Hash(Right), mirrors)]);
        var fetcher = new DataFetcher(new(folder.Path), client, offline, time);
        await fetcher.FetchAsync(set, new Reports(report => { reports.Add(report); onReport?.Invoke(report); }), cancellation).WaitAsync(TimeSpan.FromMinutes(2), CancellationToken.None);
    }

    // Takes the request, and time goes by.
    private LocalAnswer SilentFor(TimeSpan patience) => async (request, reply, cancellation) =>
    {
        time.Advance(patience);
        await Silent()(request, reply, cancellation);
    };

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private sealed class Reports(Action<DataProgress> take) : IProgress<DataProgress>
    {
        public void Report(DataProgress value) => take(value);
    }
}
