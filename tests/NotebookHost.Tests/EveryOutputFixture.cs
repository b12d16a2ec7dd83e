using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace NotebookHost.Tests;

/// <summary>Two notebooks, one with every kind of output, run by the real host with <c>--png --in-place</c>; and a browser to look at the pages.</summary>
public sealed class EveryOutputFixture : IAsyncLifetime, IDisposable
{
    internal const string Every = "01-every-output", Neighbour = "02-neighbour";

    private const string Markdown = """
        # Every kind of output

        Text with $\alpha_n \le 1$, `code`, a [link](02-neighbour.ipynb), and ![a dot](dot.png).

        ## A formula

        $$\nabla\, \mathbb{E}[\ell] = \mathbb{E}\big[\nabla \ell + (\ell - b)\, \nabla \log \alpha_z\big] = \sum_{n=1}^{N} \alpha_n \left( \frac{\exp e_n}{\sum_m \exp e_m} + \sqrt{v_n^\top W q} \right)$$

        | a column with a long name | another one with a long name | and a third |
        |---|---|--:|
        | 1 | $p(x \mid y)$ | three |

        > What do you expect?

        ```csharp
        var soft = task.TrainLive("soft", Role.Soft, Attend(new Expected()), Steps(1200, 6000), "a line that is too long for a phone");
        ```
        """;

    private readonly TemporaryFolder _folder = new();

    internal HostCommand Host { get; private set; } = null!;

    internal HeadlessBrowser Browser { get; private set; } = null!;

    internal byte[] Source { get; private set; } = [];

    internal string NotebookPath => _folder.File(Every + ".ipynb");

    internal string ArtifactPath => _folder.File("out", Every + ".ipynb");

    internal JsonNode Executed => JsonNode.Parse(File.ReadAllText(NotebookPath))!;

    /// <summary>All outputs, each with the number of its code cell.</summary>
    internal IEnumerable<(int Cell, JsonObject Output)> Outputs =>
        Executed["cells"]!.AsArray().Where(cell => (string)cell!["cell_type"]! == "code")
            .SelectMany((cell, i) => cell!["outputs"]!.AsArray().Select(output => (i + 1, output!.AsObject())));

    internal string Address(string name) => new Uri(_folder.File("out", name + ".html")).AbsoluteUri;

    /// <summary>Opens a page in a window that fails the test when anything is asked from the network.</summary>
    internal async Task<Visit> VisitAsync(string name, BrowserNewContextOptions options)
    {
        var visit = await Visit.OpenAsync(await Browser.OpenAsync(options));
        await visit.GoToAsync(Address(name));
        return visit;
    }

    public async Task InitializeAsync()
    {
        if (Requirement.MissingChromium() is not null)
            return;
        await File.WriteAllBytesAsync(_folder.File("dot.png"), Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="));
        Cells.Write(_folder.Path, Every,
            Cells.Markdown(Markdown),
            Cells.Code("#r \"AttentionNotebooks.dll\"\nusing AttentionNotebooks;"),
            Cells.Markdown("## Curves\n\nText.\n\n### In three panels"),
            Cells.Code("""
                Panel Curve(string name) => new(name, new Series("soft", Role.Soft, [0, 100, 200], [1.0, 0.5, 0.4]), new Series("hard", Role.Hard, [0, 100, 200], [1.2, 0.8, 0.41]), new Series("hybrid", Role.Hybrid, [0, 100, 200], [1.1, 0.9, 0.8]), new Series("sparse", Role.Sparse, [0, 100, 200], [1.3, 1.1, 1.0]), new Series("control", Role.Control, [0, 100, 200], [1.4, 1.3, 1.2]), new Series("theory", Role.Exact, [0, 100, 200], [0.3, 0.2, 0.1]));
                var live = new LiveFigure(() => new LearningCurves(Curve("loss (nats)"), Curve("accuracy"), Curve("pointing")) { Caption = "The last state of a live figure." });
                live.Update();
                live.Dispose();
                """),
            Cells.Code("new LineChart(\"number of locations\", new Panel(\"time (ms)\", new Series(\"soft\", Role.Soft, [1, 10, 100, 1000], [0.1, 1, 10, 100])) { Log = true }) { LogX = true, Markers = true, Title = \"One panel\" }"),
            Cells.Code("new BarComparison(\"accuracy\", new Bar(\"soft, Expected\", Role.Soft, 0.9, 0.85, 0.93) { Runs = [0.88, 0.91] }, new Bar(\"hard, Sampled\", Role.Hard, 0.8), new Bar(\"plain average\", Role.Control, 0.3)) { Percent = true, Level = (\"chance\", 0.1), Title = \"Bars\" }"),
            Cells.Markdown("## Pictures"),
            Cells.Code("""
                float[,] Picture(int n) { var pixels = new float[20, 20]; for (int i = 0; i < 400; i++) pixels[i / 20, i % 20] = ((i / 20 * (i % 20)) + n) % 20 / 20f; return pixels; }
                new ImageGrid(Enumerable.Range(0, 5).Select(n => new Tile(Picture(n), $"{n} → {n} ✓") { Map = AttentionMap.OfGrid(new float[2, 2] { { 0.7f, 0.1f }, { 0.1f, 0.1f } }), Boxes = [new ImageBox(2, 2, 8, 8, Role.Hard, "window read"), new ImageBox(4, 4, 8, 8, Role.Exact, "true box")] })) { Title = "A grid", Caption = "Under it." }
                """),
            Cells.Code("new PlotlyFigure(Plotly.NET.CSharp.Chart.Heatmap<double, double, double, string>(new[] { new[] { 1.0, 2 }, new[] { 3.0, 4 } })) { AlternativeText = \"Four values.\" }"),
            Cells.Code("new Figure[] { new BarComparison(\"first\", new Bar(\"a\", Role.Soft, 1)), new BarComparison(\"second\", new Bar(\"b\", Role.Hard, 2)) }"),
            Cells.Code("HTML(\"<svg role='img' aria-label='A circle' width='80' height='40'><circle cx='20' cy='20' r='15' fill='#0072B2'/></svg>\")"),
            Cells.Code("new HeatMap(\"word written\", \"word read\", new[,] { { 0.9f, 0.1f, 0 }, { 0, -0.2f, 0.8f } }) { Rows = [\"eine\", \"Katze\"], Columns = [\"a\", \"small\", \"cat\"], Written = true, Marks = [(1, 2)], Title = \"A matrix\" }"),
            Cells.Code("new PointChart(\"million operations\", \"accuracy\", new Point(\"soft\", Role.Soft, 10, 0.95) { Interval = (0.94, 0.96) }, new Point(\"hard, leave-one-out\", Role.Hard, 1, 0.94), new Point(\"hard, REINFORCE\", Role.Hard, 1, 0.939)) { LogX = true, PercentY = true, Title = \"Points\" }"),
            Cells.Code("new FigureSequence(\"temperature τ\", new[] { 0.1, 1, 10 }.Select(height => ($\"{height}\", (Figure)new BarComparison(\"weight\", new Bar(\"one\", Role.Soft, height), new Bar(\"two\", Role.Hard, 10 - height)) { To = 10 }))) { Title = \"A sequence\", Start = 1 }"),
            Cells.Code("""
                AttendedSentence Read(string name, Role role) { var words = "we saw it on a tuesday , and the film was really not as dull and as long and as loud as we had been told it would be .".Split(' '); return new(name, role, words, [.. words.Select((_, n) => n / 26f)]) { Marks = [12, 14] }; }
                new AttendedText(Read("soft: positive ✓", Role.Soft), Read("hard: negative ✗", Role.Hard)) { Title = "A text", Caption = "Under it." }
                """),
            Cells.Markdown("## Words"),
            Cells.Code("new Table(\"trained as\", \"tested with\", \"accuracy\", \"touches\", \"pointing\").Row(\"soft\", \"Expected\", \"94.6 % [93.5, 95.5]\", \"99.9 %\", \"95.4 %\").Row(\"hard\", \"Sampled\", \"94.5 %\", \"99.9 %\", \"96.8 %\")"),
            Cells.Code("SourceCode.Of<Sampled>()"),
            Cells.Code("// A comment, a string, a number.\nConsole.WriteLine(\"said\");\nConsole.Error.WriteLine(\"warned\");\n1 + 1"));
        Cells.Write(_folder.Path, Neighbour, Cells.Markdown("# The neighbour\n\n## Nothing else"));
        Source = await File.ReadAllBytesAsync(NotebookPath);
        Host = await HostCommand.RunAsync(_folder.Path, "run", Every + ".ipynb", Neighbour + ".ipynb", "--out", "out", "--png", "--in-place", "--seed", "3");
        Browser = new HeadlessBrowser(ChromiumExecutable.Find());
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null)
            await Browser.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();
}
