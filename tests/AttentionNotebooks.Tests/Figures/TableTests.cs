using AngleSharp.Html.Parser;

namespace AttentionNotebooks.Tests;

public sealed class TableTests
{
    private static readonly Table Example = new Table("reader", "accuracy") { Caption = "On 5 < 6 canvases." }.Row("soft", "94 %").Row("<b>hard</b>", "5 %");

    [Fact]
    public void As_html_it_has_heads_rows_and_caption_and_nothing_breaks_out()
    {
        var document = new HtmlParser().ParseDocument(Example.ToHtml());
        Assert.Equal(["reader", "accuracy", "soft", "<b>hard</b>"], document.QuerySelectorAll("th").Select(cell => cell.TextContent));
        Assert.Equal(["94 %", "5 %"], document.QuerySelectorAll("td").Select(cell => cell.TextContent));
        Assert.Equal("On 5 < 6 canvases.", document.QuerySelector("figcaption")!.TextContent);
        Assert.Empty(document.QuerySelectorAll("b"));
    }

    [Fact]
    public void As_text_its_columns_are_aligned() =>
        Assert.Equal("reader       accuracy\nsoft             94 %\n<b>hard</b>       5 %\nOn 5 < 6 canvases.", Example.ToString());

    [Fact]
    public void A_row_of_another_length_is_an_error() => Assert.Throws<ArgumentException>(() => new Table("a", "b").Row("1"));

    [Fact]
    public void Several_rows_are_rows_one_after_the_other()
    {
        var table = new Table("a", "b").Rows([["1", "2"], ["3", "4"]]).Row("5", "6");

        Assert.Equal("a  b\n1  2\n3  4\n5  6", table.ToString());
        Assert.Throws<ArgumentException>(() => table.Rows([["7"]]));
    }
}
