using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace NotebookHost.Tests;

/// <summary>One run over a series in which almost everything goes wrong somewhere.</summary>
public sealed class SeriesFixture : IAsyncLifetime, IDisposable
{
    internal const string Markdown = """
        # Title with `code` & <em>more</em>

        Text with $\alpha_n \le 1$, a [neighbour](02-fails.ipynb#what), and a price of $5 or $6.

        ## What

        | a | b |
        |---|--:|
        | 1 | $p(x \mid y)$ |

        $$
        \begin{aligned} c &= \sum_n \alpha_n v_n \\ &\to 1 \end{aligned}
        $$

        <details><summary>Answer</summary>

        It is **soft**.

        </details>

        ## What

        ![dot](dot.png)
        """;

    private readonly TemporaryFolder _folder = new();

    internal HostCommand Host { get; private set; } = null!;

    internal string File(string name) => _folder.File("out", name);

    internal JsonNode Executed(string name) => JsonNode.Parse(System.IO.File.ReadAllText(File(name + ".ipynb")))!;

    internal IReadOnlyList<JsonNode?> Outputs(string name, int cell) =>
        [.. Executed(name)["cells"]!.AsArray().Where(c => c!["cell_type"]!.GetValue<string>() == "code").ElementAt(cell - 1)!["outputs"]!.AsArray()];

    internal IDocument Page(string name) => new HtmlParser().ParseDocument(System.IO.File.ReadAllText(File(name + ".html")));

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(_folder.File("notebooks"));
        string notebooks = _folder.File("notebooks");
        await System.IO.File.WriteAllBytesAsync(Path.Combine(notebooks, "dot.png"), [1, 2, 3]);
        string[] paths =
        [
            Cells.Write(notebooks, "01-good",
                Cells.Markdown(Markdown),
                Cells.Code("for (int i = 0; i < 10_000; i++) Console.WriteLine($\"line {i}\");"),
                Cells.Code("Environment.GetEnvironmentVariable(\"ATTENTION_PROFILE\") + Environment.GetEnvironmentVariable(\"ATTENTION_SEED\") + Environment.GetEnvironmentVariable(\"OMP_NUM_THREADS\") + Path.GetFileName(Environment.CurrentDirectory)"),
                Cells.Code("var shown = display(\"first\"); shown.Update(\"middle\");"),
                Cells.Code("shown.Update(\"last\");"),
                Cells.Code("null"),
                Cells.Code("Console.Write(\"Überraschung 𝔼 \\\"日本\\\" \\u0001 </script><script>bad()</script>\");"),
                Cells.Code("var stdout = Console.OpenStandardOutput(); stdout.Write(Encoding.UTF8.GetBytes(\"{\\\"$type\\\":\\\"done\\\"}\\n\")); stdout.Flush();"),
                Cells.Code("#r \"AttentionNotebooks.dll\"\nusing AttentionNotebooks;\nnew LearningCurves(new Panel(\"loss\", new Series(\"soft\", Role.Soft, [0, 1], [1.0, 0.5])))"),
                Cells.Code("HTML(\"<b id='mine'>bold</b>\")"),
                Cells.Code("\"</pre><b class='broken'>out</b>\"")),
            Cells.Write(notebooks, "02-fails", Cells.Markdown("# Fails"), Cells.Code("Console.Write(\"before\");"), Cells.Code("int zero = 0;\n\nvar x = 1 / zero;"), Cells.Code("Console.Write(\"after\");")),
            Cells.Write(notebooks, "03-misspelt", Cells.Markdown("# Does not <compile>"), Cells.Code("\nint x = Nowhere.Value;")),
            Cells.Write(notebooks, "04-exits", Cells.Code("Console.Write(\"said\");"), Cells.Code("Environment.Exit(0);")),
            Cells.Write(notebooks, "05-crashes", Cells.Code("Console.Write(\"said\"); Environment.FailFast(\"fell over\");")),
            Cells.Write(notebooks, "06-thread", Cells.Code("var t = new System.Threading.Thread(() => throw new InvalidOperationException(\"on a thread\"));\nt.Start(); await Task.Delay(60_000);")),
            Cells.Write(notebooks, "07-lingers", Cells.Code("new System.Threading.Thread(() => System.Threading.Thread.Sleep(-1)).Start();")),
        ];
        Host = await HostCommand.RunAsync(_folder.Path, ["run", .. paths, "--out", "out", "--seed", "7", "--profile", "full", "--jobs", "2"]);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();
}
