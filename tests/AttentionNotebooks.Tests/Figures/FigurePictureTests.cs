using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace AttentionNotebooks.Tests;

public class FigurePictureTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47];

    [Theory]
    [MemberData(nameof(Sample.Kinds), MemberType = typeof(Sample))]
    public void A_picture_stands_in_the_chart_with_the_charts_words(string kind)
    {
        string before = Sample.Of(kind).ToHtml();
        string after = FigurePicture.Embed(before, [(Png, 640)]);
        IElement image = Assert.Single(Pictures(after));

        Assert.Equal("data:image/png;base64,iVBORw==", image.GetAttribute("src"));
        Assert.Equal("640", image.GetAttribute("width"));
        Assert.Equal(Sample.Of(kind).AlternativeText, image.GetAttribute("alt"));
        Assert.Equal(After(before), After(after));
        Assert.False(FigurePicture.IsEmbedded(before));
        Assert.True(FigurePicture.IsEmbedded(after));
    }

    [Fact]
    public void No_text_of_the_author_breaks_out_of_the_alternative()
    {
        string html = FigurePicture.Embed(Sample.Curves(Sample.Hostile, Sample.Hostile, Sample.Hostile).ToHtml(), [(Png, 700)]);
        Assert.Contains(Sample.Hostile, Assert.Single(Pictures(html)).GetAttribute("alt"), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_picture_takes_the_place_of_the_first()
    {
        string html = Sample.Bars().ToHtml();
        Assert.Equal(FigurePicture.Embed(html, [([1], 300)]), FigurePicture.Embed(FigurePicture.Embed(html, [(Png, 700)]), [([1], 300)]));
    }

    [Fact]
    public void Each_chart_of_several_gets_its_own()
    {
        string html = FigurePicture.Embed(Sample.Bars().ToHtml() + "<p>and</p>" + Sample.Curves().ToHtml(), [([1], 300), ([2], 400)]);
        Assert.Equal(["300", "400"], Pictures(html).Select(image => image.GetAttribute("width")));
    }

    [Fact]
    public void Html_without_charts_stays_as_it_is()
    {
        Assert.Equal("<svg></svg>", FigurePicture.Embed("<svg></svg>", []));
        Assert.True(FigurePicture.IsEmbedded("<svg></svg>"));
    }

    [Fact]
    public void Too_few_pictures_are_refused() =>
        Assert.Contains("0 pictures for 1 charts", Assert.Throws<ArgumentException>(() => FigurePicture.Embed(Sample.Bars().ToHtml(), [])).Message, StringComparison.Ordinal);

    private static IEnumerable<IElement> Pictures(string html) => new HtmlParser().ParseDocument("<!doctype html><body>" + html).QuerySelectorAll("figure > div > " + FigurePicture.Selector + " > img");

    private static string After(string html) => html[html.IndexOf("<script>", StringComparison.Ordinal)..];

    [Fact]
    public void The_picture_of_an_only_chart_is_found_again()
    {
        string one = FigurePicture.Embed(Sample.Bars().ToHtml(), [([1, 2, 3], 640)]);

        Assert.Equal((Convert.ToBase64String([1, 2, 3]), 640), FigurePicture.OnlyOne(one));
        Assert.Null(FigurePicture.OnlyOne(Sample.Bars().ToHtml()));
        Assert.Null(FigurePicture.OnlyOne(one + one));
        Assert.Null(FigurePicture.OnlyOne("<p>none</p>"));
    }
}
