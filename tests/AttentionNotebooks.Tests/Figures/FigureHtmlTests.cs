using System.Globalization;
using System.Text.Json;

namespace AttentionNotebooks.Tests;

public class FigureHtmlTests
{
    [Theory]
    [MemberData(nameof(Sample.Kinds), MemberType = typeof(Sample))]
    public void Fragment_is_one_figure_with_a_labelled_plot_and_a_chart(string kind)
    {
        var fragment = new Fragment(Sample.Of(kind));

        Assert.Equal("img", fragment.Plot.GetAttribute("role"));
        Assert.Equal(Sample.Of(kind).AlternativeText, fragment.Plot.GetAttribute("aria-label"));
        Assert.NotEmpty(fragment.Traces);
        Assert.All(fragment.Traces, trace => Assert.True(trace.TryGetProperty("type", out _)));
        Assert.Equal(JsonValueKind.Object, fragment.Layout.ValueKind);
        Assert.Single(fragment.Document.Body!.Children);
    }

    [Theory]
    [MemberData(nameof(Sample.Kinds), MemberType = typeof(Sample))]
    public void Fragment_is_small_and_loads_nothing_by_itself(string kind)
    {
        var fragment = new Fragment(Sample.Of(kind));

        Assert.InRange(fragment.Html.Length, 1000, 20_000);
        Assert.Empty(fragment.Document.QuerySelectorAll("script[src], link, img, iframe"));
    }

    [Fact]
    public void Title_and_caption_stand_as_text_around_the_plot()
    {
        var fragment = new Fragment(Sample.Curves("Soft & hard", "Look <here>"));

        Assert.Equal("Look <here>", fragment.Figure.QuerySelector("figcaption")!.TextContent);
        Assert.Equal("Soft & hard", fragment.Figure.FirstElementChild!.TextContent);
        Assert.Equal("figcaption", fragment.Figure.LastElementChild!.LocalName);
    }

    [Fact]
    public void Without_title_and_caption_there_is_no_empty_element_for_them()
    {
        var fragment = new Fragment(Sample.Curves("", ""));

        Assert.Null(fragment.Figure.QuerySelector("figcaption"));
        Assert.NotNull(fragment.Figure.FirstElementChild!.QuerySelector(".attention-plot"));
    }

    [Fact]
    public void No_text_of_the_author_can_break_out_of_its_place()
    {
        var fragment = new Fragment(Sample.Curves(Sample.Hostile, Sample.Hostile, Sample.Hostile));

        Assert.Equal(Sample.Hostile, fragment.Figure.FirstElementChild!.TextContent);
        Assert.Equal(Sample.Hostile, fragment.Figure.QuerySelector("figcaption")!.TextContent);
        Assert.Contains(Sample.Hostile, fragment.Plot.GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Empty(fragment.Figure.QuerySelectorAll("b"));
        Assert.Single(fragment.Document.Body!.Children);
        Assert.Equal("a &lt;/script&gt;&lt;b onmouseover=\"x\"&gt; 'q' &amp; &lt;!-- &lt;/figcaption&gt;", fragment.Traces[0].GetProperty("name").GetString());
    }

    [Fact]
    public void A_chart_of_the_authors_own_cannot_end_the_script()
    {
        var chart = Plotly.NET.CSharp.Chart.Line<double, double, string>([1.0], [1.0], Name: Sample.Hostile);
        var fragment = new Fragment(new PlotlyFigure(chart));

        Assert.Equal(Sample.Hostile, fragment.Traces[0].GetProperty("name").GetString());
        Assert.Single(fragment.Document.Body!.Children);
    }

    [Fact]
    public void A_chart_of_the_authors_own_takes_our_size_and_colours()
    {
        JsonElement layout = new Fragment(Sample.Own()).Layout;

        Assert.False(layout.TryGetProperty("template", out _));
        Assert.False(layout.TryGetProperty("width", out _));
        Assert.False(layout.TryGetProperty("height", out _));
    }

    [Fact]
    public void The_same_figure_gives_the_same_html_and_another_another_name()
    {
        string Name(Figure figure) => new Fragment(figure).Plot.GetAttribute("data-figure")!;

        Assert.Equal(Sample.Curves().ToHtml(), Sample.Curves().ToHtml());
        Assert.False(Name(Sample.Curves(name: "a")).Equals(Name(Sample.Curves(name: "b")), StringComparison.Ordinal));
        Assert.False(Name(Sample.Curves(caption: "a")).Equals(Name(Sample.Curves(caption: "b")), StringComparison.Ordinal));
    }

    [Fact]
    public void The_html_does_not_depend_on_the_readers_culture()
    {
        string here = Sample.Bars().ToHtml();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal(here, Sample.Bars().ToHtml());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_script_says_what_to_do_where_plotly_cannot_be_loaded()
    {
        string script = new Fragment(Sample.Curves()).Script;

        Assert.Contains($"https://cdn.plot.ly/plotly-{PlotlyScript.Version}.min.js", script, StringComparison.Ordinal);
        Assert.Contains("dotnet run -c Release --project lib/NotebookHost", script, StringComparison.Ordinal);
        Assert.DoesNotContain("PLOTLY_ADDRESS", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Plotly_script_is_the_bundle_of_its_version() =>
        Assert.Contains("plotly.js v" + PlotlyScript.Version, PlotlyScript.Text[..200], StringComparison.Ordinal);
}
