using Microsoft.Playwright;

namespace NotebookHost.Tests;

/// <summary>The pages as a reader sees them: opened from the disk in Chromium, without network.</summary>
[Collection(EveryOutput.Name)]
public sealed class PagesInBrowserTests(EveryOutputFixture pages)
{
    private const int FewestColours = 20;

    [SkippableTheory]
    [InlineData(EveryOutputFixture.Every)]
    [InlineData(EveryOutputFixture.Neighbour)]
    [InlineData("index")]
    public async Task A_page_opens_without_errors_and_asks_nothing_of_the_network(string name)
    {
        await using Visit visit = await VisitAsync(name);
        Assert.Empty(visit.Problems);
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Light, 1000)]
    [InlineData(ColorScheme.Dark, 1000)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task Every_figure_is_drawn(ColorScheme scheme, int width)
    {
        await using Visit visit = await VisitAsync(EveryOutputFixture.Every, scheme, width);
        IReadOnlyList<ILocator> plots = await visit.Page.Locator(".attention-plot").AllAsync();
        Assert.Equal(11, plots.Count);
        foreach (ILocator plot in plots)
        {
            Assert.True(await plot.Locator("svg.main-svg").CountAsync() > 0, "No chart in the place of one.");
            Assert.Equal(0, await plot.Locator("img").CountAsync());
            Assert.InRange(await visit.ColoursAsync(plot), FewestColours, int.MaxValue);
        }

        Assert.Empty(visit.Problems);
    }

    [SkippableFact]
    public async Task A_chart_follows_when_the_reader_turns_the_light_off()
    {
        await using Visit visit = await VisitAsync(EveryOutputFixture.Every);
        await visit.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await visit.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        Assert.Empty(await visit.LookAsync<string[]>("faintChartText"));
    }

    [SkippableFact]
    public async Task A_sequence_moves_by_its_slider_and_plays_to_its_end()
    {
        await using Visit visit = await VisitAsync(EveryOutputFixture.Every);
        ILocator controls = visit.Page.Locator(".attention-steps"), slider = controls.Locator("input"), state = controls.Locator("output");
        ILocator values = visit.Page.Locator("figure:has(.attention-steps) .annotation-text");
        Assert.Equal("temperature τ: 1", await state.TextContentAsync());
        Assert.Contains("9", await values.AllTextContentsAsync());

        await slider.PressAsync("ArrowLeft");
        Assert.Equal("temperature τ: 0.1", await state.TextContentAsync());
        Assert.Contains("9.9", await values.AllTextContentsAsync());

        await controls.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(state).ToHaveTextAsync("temperature τ: 10");
        await Assertions.Expect(controls.GetByRole(AriaRole.Button)).ToHaveAttributeAsync("aria-label", "Play");
        Assert.Contains("10", await values.AllTextContentsAsync());
        Assert.Empty(visit.Problems);
    }

    [SkippableTheory]
    [InlineData(EveryOutputFixture.Every, ColorScheme.Light)]
    [InlineData(EveryOutputFixture.Every, ColorScheme.Dark)]
    [InlineData("index", ColorScheme.Light)]
    [InlineData("index", ColorScheme.Dark)]
    public async Task Text_stands_out_from_its_ground(string name, ColorScheme scheme)
    {
        await using Visit visit = await VisitAsync(name, scheme);
        Assert.Empty(await visit.LookAsync<string[]>("faintText"));
        if (name == EveryOutputFixture.Every)
            Assert.Empty(await visit.LookAsync<string[]>("faintChartText"));
    }

    [SkippableFact]
    public async Task The_librarys_source_looks_as_it_does_in_a_cell()
    {
        await using Visit visit = await VisitAsync(EveryOutputFixture.Every);
        ILocator code = visit.Page.Locator(".output pre.source");
        Assert.StartsWith("public sealed class Sampled : Read\n", await code.TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal("public", await code.Locator(".keyword").First.TextContentAsync());
    }

    [SkippableFact]
    public async Task Formulas_are_set()
    {
        await using Visit visit = await VisitAsync(EveryOutputFixture.Every);
        Assert.Empty(await visit.LookAsync<string[]>("formulasWithoutSize"));
    }

    [SkippableTheory]
    [InlineData(EveryOutputFixture.Every)]
    [InlineData("index")]
    public async Task A_phone_shows_all_without_scrolling_sideways(string name)
    {
        await using Visit visit = await VisitAsync(name, ColorScheme.Light, width: 390);
        Assert.Empty(await visit.LookAsync<string[]>("overflowing"));
        Assert.Empty(await visit.LookAsync<string[]>("chartsThatDoNotFit"));
        Assert.Empty(await visit.LookAsync<string[]>("smallChartText"));
    }

    [SkippableTheory]
    [InlineData(1000, 4)]
    [InlineData(390, 10)]
    public async Task Words_go_on_in_the_next_line_where_the_width_ends_each_on_its_own_ground(int width, int fewestLines)
    {
        await using Visit visit = await VisitAsync(EveryOutputFixture.Every, ColorScheme.Light, width);
        ILocator text = visit.Page.Locator("figure:has-text('A text') .attention-plot");
        double[][] words = await text.Locator(".annotation-text").EvaluateAllAsync<double[][]>("all => all.map(word => word.getBoundingClientRect()).map(box => [box.left, box.right, box.top, box.bottom])");
        double[][] grounds = await text.Locator(".shapelayer path").EvaluateAllAsync<double[][]>("all => all.map(ground => ground.getBoundingClientRect()).map(box => [box.left, box.right, box.top, box.bottom])");

        Assert.Equal(words.Length, grounds.Length);
        Assert.All(words.Zip(grounds), pair =>
        {
            Assert.InRange(pair.First[0], pair.Second[0], pair.Second[1]);
            Assert.InRange(pair.First[1], pair.Second[0], pair.Second[1] + 1);
            Assert.InRange((pair.First[2] + pair.First[3]) / 2, pair.Second[2], pair.Second[3]);
        });
        Assert.InRange(grounds.Select(ground => Math.Round(ground[2])).Distinct().Count(), fewestLines, 2 * fewestLines);
        Assert.All(grounds, ground => Assert.InRange(ground[1], 0, width));
    }

    [SkippableFact]
    public async Task Headings_have_links_that_lead_to_them()
    {
        await using Visit visit = await VisitAsync(EveryOutputFixture.Every);
        Assert.Empty(await visit.LookAsync<string[]>("headingsWithoutLinks"));
        ILocator heading = visit.Page.Locator("#pictures");
        await heading.HoverAsync();
        await heading.Locator("a.anchor").ClickAsync();
        Assert.EndsWith("#pictures", visit.Page.Url, StringComparison.Ordinal);
        Assert.InRange((await heading.BoundingBoxAsync())!.Y, 0, 40);
    }

    [SkippableFact]
    public async Task The_contents_lead_to_their_headings()
    {
        await using Visit visit = await VisitAsync(EveryOutputFixture.Every);
        await visit.Page.Locator("#contents summary").ClickAsync();
        await visit.Page.Locator("#contents a[href='#curves']").ClickAsync();
        Assert.InRange((await visit.Page.Locator("#curves").BoundingBoxAsync())!.Y, 0, 40);
    }

    [SkippableFact]
    public async Task Previous_and_next_lead_to_the_neighbours_and_the_index_to_all()
    {
        await using Visit visit = await VisitAsync(EveryOutputFixture.Every);
        IPage page = visit.Page;
        Assert.Equal(0, await page.Locator("a[rel=prev]").CountAsync());
        await page.Locator("a[rel=next]").First.ClickAsync();
        Assert.Equal(pages.Address(EveryOutputFixture.Neighbour), page.Url);
        await page.Locator("a[rel=prev]").Last.ClickAsync();
        Assert.Equal(pages.Address(EveryOutputFixture.Every), page.Url);
        await page.Locator("main a:text-is('link')").ClickAsync();
        Assert.Equal(pages.Address(EveryOutputFixture.Neighbour), page.Url);
        await page.Locator("a.index").First.ClickAsync();
        await page.Locator(".notebooks a").First.ClickAsync();
        Assert.Equal("Every kind of output", await page.TitleAsync());
        Assert.Empty(visit.Problems);
    }

    [SkippableFact]
    public async Task Every_picture_has_words()
    {
        await using Visit visit = await VisitAsync(EveryOutputFixture.Every);
        Assert.Empty(await visit.LookAsync<string[]>("picturesWithoutWords"));
    }

    private async Task<Visit> VisitAsync(string name, ColorScheme scheme = ColorScheme.Light, int width = 1000)
    {
        Requirement.Chromium();
        return await pages.VisitAsync(name, new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
            IsMobile = width < 500,
            HasTouch = width < 500,
        });
    }
}
