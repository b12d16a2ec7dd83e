using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AttentionNotebooks;

public sealed class ShardTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("0/1", 0, 1)]
    [InlineData("7/8", 7, 8)]
    public void A_shard_is_read_as_it_is_written(string text, int index, int count)
    {
        Assert.Equal(new Shard(index, count), Shard.Parse(text));
        Assert.Equal(text, new Shard(index, count).ToString());
    }

    [Theory]
    [InlineData("8/8")]
    [InlineData("-1/8")]
    [InlineData("0/0")]
    [InlineData("1")]
    [InlineData("1/2/3")]
    [InlineData("a/b")]
    [InlineData("")]
    public void What_is_no_shard_is_none(string text) => Assert.Null(Shard.Parse(text));

    [Property]
    public Property Shards_share_everything_and_nothing_twice(PositiveInt count, byte[] all) =>
        Enumerable.Range(0, count.Get).SelectMany(i => new Shard(i, count.Get).Of(all.Index())).Order().SequenceEqual(all.Index()).ToProperty();

    [Fact]
    public void Each_shard_has_a_file_of_its_own()
    {
        Assert.Equal(Path.Combine("r", "x.jsonl"), Shard.Whole.FileIn("r", "x"));
        Assert.Equal(Path.Combine("r", "x.2-of-4.jsonl"), new Shard(2, 4).FileIn("r", "x"));
    }

    [Fact]
    public void Merging_adds_what_is_new_once_and_leaves_no_shard()
    {
        Write(Shard.Whole, Row("soft", 0, 0.5));
        Write(new Shard(0, 2), Row("soft", 0, 0.6), Row("hard", 1, 0.7));
        Write(new Shard(1, 2), Row("hard", 0, 0.8), Row("hard", 1, 0.9));
        Write("x-else", Shard.Whole, Row("soft", 0, 0.1) with { Experiment = "x-else" });

        Assert.Equal(2, ResultFile.Merge(folder.Path, "x"));

        var rows = new ResultFile(Shard.Whole.FileIn(folder.Path, "x")).Rows;
        Assert.Equal([("soft", 0L, 0.5), ("hard", 0L, 0.8), ("hard", 1L, 0.7)], rows.Select(row => (row.Condition, row.Seed, row.Results[""]["accuracy"]!.Value)));
        Assert.Equal(["x-else.jsonl", "x.jsonl"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(0, ResultFile.Merge(folder.Path, "x"));
    }

    [Fact]
    public void A_strange_row_leaves_everything_as_it_was()
    {
        Write(new Shard(0, 2), Row("hard", 0, 0.8));
        Write(new Shard(1, 2), Row("soft", 0, 0.6) with { Experiment = "y" });

        var error = Assert.Throws<DataFileException>(() => ResultFile.Merge(folder.Path, "x"));

        Assert.Contains("x.1-of-2.jsonl", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, Directory.EnumerateFiles(folder.Path).Count());
    }

    private static ResultRow Row(string condition, long seed, double accuracy) => new(
        "x", condition, seed, "quick", 10,
        new Dictionary<string, IReadOnlyDictionary<string, double?>> { [""] = new Dictionary<string, double?> { ["accuracy"] = accuracy } },
        1, 1, 100, "v", "m");

    private void Write(Shard shard, params ResultRow[] rows) => Write("x", shard, rows);

    private void Write(string experiment, Shard shard, params ResultRow[] rows)
    {
        var file = new ResultFile(shard.FileIn(folder.Path, experiment));
        foreach (var row in rows) file.Add(row);
    }
}
