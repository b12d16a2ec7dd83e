namespace AttentionNotebooks;

public sealed class DataRootTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_the_variable_it_is_the_cache_of_the_repository_around()
    {
        _folder.File("AttentionNotebooks.sln", []);
        var deep = Directory.CreateDirectory(Path.Combine(_folder.Path, "tests", "bin")).FullName;

        Assert.Equal(Path.Combine(_folder.Path, "data", "cache"), DataRoot.Find(null, deep).Path);
        Assert.Equal(Path.Combine(_folder.Path, "data", "cache"), DataRoot.Find(" ", deep).Path);
    }

    [Fact]
    public void Outside_a_repository_it_is_the_cache_of_the_current_directory() =>
        Assert.Equal(Path.Combine(_folder.Path, "data", "cache"), DataRoot.Find(null, _folder.Path).Path);

    [Fact]
    public void The_variable_wins()
    {
        _folder.File("AttentionNotebooks.sln", []);

        Assert.Equal(Path.GetFullPath("/somewhere"), DataRoot.Find("/somewhere", _folder.Path).Path);
    }

    [Fact]
    public void A_relative_variable_is_taken_from_the_current_directory_first_then_from_the_repository()
    {
        _folder.File("repository/AttentionNotebooks.sln", []);
        var notebooks = Directory.CreateDirectory(Path.Combine(_folder.Path, "repository", "notebooks")).FullName;

        Assert.Equal(Path.Combine(_folder.Path, "shared"), DataRoot.Find("../shared", notebooks).Path);

        var near = Directory.CreateDirectory(Path.Combine(_folder.Path, "repository", "shared")).FullName;
        Assert.Equal(near, DataRoot.Find("../shared", notebooks).Path);
    }

    [Fact]
    public void Of_joins_folder_and_file() =>
        Assert.Equal(Path.Combine(_folder.Path, "mnist", "a.gz"), new DataRoot(_folder.Path).Of("mnist", "a.gz"));
}
