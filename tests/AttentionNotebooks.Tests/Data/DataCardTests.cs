using System.Text.RegularExpressions;
using AttentionNotebooks.Tests;

namespace AttentionNotebooks;

/// <summary>Every data set has a card that says what it is, whose it is and what it looks like.</summary>
public partial class DataCardTests
{
    private static readonly string Data = Path.Combine(Repository(), "data");

    public static TheoryData<string> Names => [.. All];

    public static TheoryData<string> DrawnNames => [.. Manifest.Embedded.Select(set => set.Name)];

    private static string[] All => [.. Manifest.Sets.Select(set => set.Name), .. Manifest.Embedded.Select(set => set.Name)];

    private static DataManifest Manifest => DataManifest.Series;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_set_has_a_card_with_picture_licence_and_citation(string name)
    {
        var card = File.ReadAllText(Path.Combine(Data, $"{name}.md"));
        var (licence, citation) = Manifest.Sets.FirstOrDefault(set => set.Name == name) is { } real
            ? (real.Licence, real.Citation)
            : Manifest.Embedded.Where(set => set.Name == name).Select(set => (set.Licence, set.Citation)).Single();

        Assert.Contains($"- **Licence:** {licence}.", card, StringComparison.Ordinal);
        Assert.Contains($"- **Cite:** {citation}", card, StringComparison.Ordinal);
        Assert.Contains("- **Format:** ", card, StringComparison.Ordinal);
        Assert.Contains("- **How we use it:** ", card, StringComparison.Ordinal);
        Assert.Contains("## Known problems", card, StringComparison.Ordinal);
        // What it shows is said in words too.
        Assert.Matches($@"!\[[^\]]{{20,}}\]\(images/{name}\.(png|svg)\)", card);
        Assert.Contains($"({name}.md)", File.ReadAllText(Path.Combine(Data, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Links_lead_somewhere()
    {
        foreach (var page in Directory.GetFiles(Data, "*.md"))
        {
            foreach (Match link in Link().Matches(File.ReadAllText(page)))
            {
                var target = link.Groups["target"].Value;
                if (!target.StartsWith("http", StringComparison.Ordinal)) Assert.True(Path.Exists(Path.Combine(Data, target.Split('#')[0])), $"{Path.GetFileName(page)} links to {target}");
            }
        }
    }

    [Fact]
    public void Every_picture_belongs_to_a_card_and_is_small()
    {
        Assert.All(Directory.GetFiles(Path.Combine(Data, "images")), file =>
        {
            Assert.Contains(Path.GetFileNameWithoutExtension(file), All);
            Assert.InRange(new FileInfo(file).Length, 1000, 150_000);
        });
    }

    [Theory]
    [MemberData(nameof(DrawnNames))]
    public void The_picture_of_an_embedded_set_is_what_the_library_draws_today(string name)
    {
        var picture = Picture(name);

        var drawn = picture.Draw(new("nowhere"));

        var kept = File.ReadAllBytes(Path.Combine(Data, "images", picture.FileName));
        if (picture.FileName.EndsWith(".png", StringComparison.Ordinal)) Assert.Equal(PngPicture.Decode(kept).Pixels, PngPicture.Decode(drawn).Pixels);
        // Compressed pixels, and the last bit of a logarithm, may be others on another machine.
        else Assert.Equal(WithoutPixels(kept), WithoutPixels(drawn));
    }

    [SkippableFact]
    public void The_picture_of_a_real_set_is_what_its_files_hold()
    {
        var root = DataRoot.Find();
        Skip.IfNot(Picture("sst2").IsPossible(root) && Picture("mnist").IsPossible(root), $"MNIST and SST-2 are not in {root}");

        Assert.Equal(File.ReadAllText(Path.Combine(Data, "images", "sst2.svg")), System.Text.Encoding.UTF8.GetString(Picture("sst2").Draw(root)));
        Assert.Equal(
            PngPicture.Decode(File.ReadAllBytes(Path.Combine(Data, "images", "mnist.png"))).Pixels,
            PngPicture.Decode(Picture("mnist").Draw(root)).Pixels);
    }

    private static SamplePicture Picture(string name) => Assert.Single(SamplePicture.All, picture => picture.Set == name);

    private static string WithoutPixels(byte[] svg) => Pixels().Replace(System.Text.Encoding.UTF8.GetString(svg), "");

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "AttentionNotebooks.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("base64,[A-Za-z0-9+/=]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pixels();
}
