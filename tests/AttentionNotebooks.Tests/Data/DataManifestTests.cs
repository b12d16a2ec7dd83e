using System.Text;
using System.Text.RegularExpressions;

namespace AttentionNotebooks;

public partial class DataManifestTests
{
    private const string Set = """{ "name": "s", "title": "S", "content": "c", "licence": "l", "citation": "z", "embedded": "e", "files": [{ "path": "s/a", "size": 1, "sha256": "00", "mirrors": ["https://example.org/a"] }] }""";
    private const string Embedded = """{ "name": "e", "title": "E", "content": "c", "licence": "l", "citation": "z" }""";

    public static TheoryData<string> Names => [.. DataManifest.Series.Sets.Select(set => set.Name)];

    [Fact]
    public void It_knows_the_seven_real_sets_and_the_six_embedded_ones()
    {
        Assert.Equal(["cluttered-mnist", "fashion-mnist", "fsdd", "mnist", "multi30k", "sst2", "sst5-trees"], DataManifest.Series.Sets.Select(set => set.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["drawn-digits", "human-to-iso", "scenes", "sort-of-clevr", "synthesised-digits", "template-reviews"], DataManifest.Series.Embedded.Select(set => set.Name).Order(StringComparer.Ordinal));
        Assert.Contains("mnist, fashion-mnist", Assert.Throws<ArgumentException>(() => DataManifest.Series["imagenet"]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_set_has_everything_that_a_reader_needs(string name)
    {
        var set = DataManifest.Series[name];

        Assert.All([set.Title, set.Content, set.Licence, set.Citation], text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.Contains(DataManifest.Series.Embedded, embedded => embedded.Name == set.Embedded);
        Assert.NotEmpty(set.Files);
        Assert.All(set.Files, file =>
        {
            Assert.StartsWith($"{name}/", file.Path, StringComparison.Ordinal);
            Assert.InRange(file.Size, 1, 100_000_000);
            Assert.Matches(Sha256(), file.Sha256);
            // Someone offers it: as it is, or in an archive.
            Assert.True(file.Mirrors.Count > 0 || set.Archive is { Mirrors.Count: > 0 }, file.Path);
        });
        Assert.All(set.Files.SelectMany(file => file.Mirrors).Concat(set.Archive?.Mirrors ?? []), mirror => Assert.True(mirror.IsAbsoluteUri && mirror.Scheme is "http" or "https", mirror.ToString()));
        if (set.Archive is { } archive) Assert.Contains(archive.Format, new[] { "zip", "tar.gz" });
        if (set.Unpacked is { } unpacked) Assert.Matches(Sha256(), unpacked.Sha256);
    }

    [Fact]
    public void No_path_and_no_name_is_there_twice()
    {
        var paths = DataManifest.Series.Sets.SelectMany(set => set.Files.Select(file => file.Path)).ToArray();
        string[] names = [.. DataManifest.Series.Sets.Select(set => set.Name), .. DataManifest.Series.Embedded.Select(set => set.Name)];

        Assert.Equal(paths.Length, paths.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [SkippableFact]
    public void Sizes_and_checksums_are_those_of_the_data_root()
    {
        var root = DataRoot.Find();
        Skip.IfNot(File.Exists(root.Of("SHA256SUMS")), $"SHA256SUMS is not in {root}");
        var files = DataManifest.Series.Sets.SelectMany(set => set.Files).ToArray();

        Assert.Equal(File.ReadAllLines(root.Of("SHA256SUMS")).Order(StringComparer.Ordinal), files.Select(file => $"{file.Sha256}  {file.Path}").Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(file.Size, new FileInfo(root.Of(file.Path)).Length));
    }

    [Fact]
    public void A_manifest_is_read() => Assert.Equal("https://example.org/a", Read(Manifest(Set)).Sets[0].Files[0].Mirrors[0].ToString());

    [Theory]
    [InlineData("\"title\": \"S\", ", "", "title")]
    [InlineData("\"embedded\": \"e\", ", "", "embedded")]
    [InlineData("\"licence\": \"l\"", "\"licence\": null", "licence")]
    [InlineData("\"size\": 1", "\"size\": \"many\"", "size")]
    [InlineData("\"size\": 1", "\"size\": 1e99", "size")]
    [InlineData("\"size\": 1", "\"size\": 1, \"md5\": \"00\"", "md5")]
    [InlineData("\"https://example.org/a\"", "null", "null")]
    [InlineData("\"https://example.org/a\"", "\"a\"", "a is no address of the web")]
    [InlineData("\"https://example.org/a\"", "\"file:///etc/passwd\"", "no address of the web")]
    [InlineData("\"s/a\"", "\"../a\"", "../a points outside the data root")]
    [InlineData("\"s/a\"", "\"/a\"", "points outside")]
    [InlineData("\"https://example.org/a\"] }", "\"https://example.org/a\"] }, null", "null")]
    [InlineData("}] }", "", "no manifest")]
    public void What_is_missing_unknown_or_cannot_be_is_refused(string part, string instead, string says)
    {
        Assert.Contains(part, Set, StringComparison.Ordinal);

        var error = Assert.Throws<DataFileException>(() => Read(Manifest(Set.Replace(part, instead, StringComparison.Ordinal))));

        Assert.Equal("manifest.json", error.Path);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Contains("Restore it from version control", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{ "sets": [] }""")]
    [InlineData("""{ "sets": null, "embedded": [] }""")]
    [InlineData("<!DOCTYPE html>")]
    public void What_is_no_manifest_is_refused(string text) => Assert.Throws<DataFileException>(() => Read(text));

    internal static string Example => Manifest(Set);

    private static string Manifest(string set) => $$"""{ "sets": [{{set}}], "embedded": [{{Embedded}}] }""";

    private static DataManifest Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return DataManifest.Read(stream, "manifest.json");
    }

    [GeneratedRegex("^[0-9a-f]{64}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Sha256();
}
