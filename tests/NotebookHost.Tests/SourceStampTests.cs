namespace NotebookHost.Tests;

public sealed class SourceStampTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_fits_the_same_sources_whatever_else_is_in_the_file()
    {
        SourceStamp stamp = SourceStamp.Of(Read("{\"cell_type\":\"code\",\"source\":\"a\\nb\"}"), "quick", 0);
        Assert.True(stamp.Fits(Read("{\"cell_type\":\"code\",\"source\":[\"a\\n\",\"b\"],\"id\":\"x\",\"metadata\":{\"tags\":[]},\"outputs\":[],\"execution_count\":3}")));
        Assert.True((stamp with { Library = "another" }).Fits(Read("{\"cell_type\":\"code\",\"source\":\"a\\nb\"}")));
    }

    [Theory]
    [InlineData("{\"cell_type\":\"code\",\"source\":\"a\\nb \"}")]
    [InlineData("{\"cell_type\":\"raw\",\"source\":\"a\\nb\"}")]
    [InlineData("{\"cell_type\":\"code\",\"source\":\"a\"},{\"cell_type\":\"code\",\"source\":\"b\"}")]
    [InlineData("{\"cell_type\":\"code\",\"source\":\"a\\nb\"},{\"cell_type\":\"markdown\",\"source\":\"\"}")]
    [InlineData("")]
    public void It_fits_no_other_sources(string cells) =>
        Assert.False(SourceStamp.Of(Read("{\"cell_type\":\"code\",\"source\":\"a\\nb\"}"), "quick", 0).Fits(Read(cells)));

    [Fact]
    public void Profile_and_seed_belong_to_it()
    {
        Notebook notebook = Read("{\"cell_type\":\"code\",\"source\":\"a\"}");
        SourceStamp stamp = SourceStamp.Of(notebook, "quick", 0);
        Assert.False((stamp with { Profile = "full" }).Fits(notebook));
        Assert.False((stamp with { Seed = 1 }).Fits(notebook));
    }

    [Fact]
    public void It_reads_what_it_writes_and_takes_nothing_else_for_one()
    {
        SourceStamp stamp = SourceStamp.Of(Read(""), "full", 7);
        Assert.Equal(stamp, SourceStamp.Read(new System.Text.Json.Nodes.JsonObject { ["attention"] = stamp.ToJson() }));
        Assert.Null(SourceStamp.Read(System.Text.Json.Nodes.JsonNode.Parse("""{"attention": {"hash": 1, "profile": "quick", "seed": 0}}""")));
        Assert.Null(SourceStamp.Read(System.Text.Json.Nodes.JsonNode.Parse("""{"attention": "abc"}""")));
        Assert.Null(SourceStamp.Read(null));
    }

    private Notebook Read(string cells)
    {
        string path = _folder.File($"{Guid.NewGuid():N}.ipynb");
        File.WriteAllText(path, $"{{\"nbformat\":4,\"cells\":[{cells}]}}");
        return NotebookReader.Read(path);
    }
}
