using AngleSharp.Html.Parser;
using FsCheck;
using FsCheck.Xunit;

namespace NotebookHost.Tests;

public sealed class CodeHighlighterTests
{
    [Theory]
    [InlineData("var x = new List<int> { 1 }; // note", "<span class=\"keyword\">var</span>", "<span class=\"type\">List</span>", "<span class=\"number\">1</span>", "<span class=\"comment\">// note</span>")]
    [InlineData("Console.WriteLine($\"a{b}c\");", "<span class=\"type\">Console</span>", "<span class=\"method\">WriteLine</span>", "<span class=\"string\">a</span>")]
    [InlineData("#r \"x.dll\"\nrecord P(int X);", "<span class=\"directive\">#r &quot;x.dll&quot;", "<span class=\"keyword\">record</span>", "<span class=\"type\">P</span>")]
    public void Pieces_are_marked_by_what_they_are(string code, params string[] expected)
    {
        string html = CodeHighlighter.ToHtml(code);
        Assert.All(expected, piece => Assert.Contains(piece, html, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("if (")]
    [InlineData("\"unclosed")]
    [InlineData("/* unclosed")]
    [InlineData("a < b && c > \"</code>\"")]
    [InlineData("#if X\nint y;\n#endif\n")]
    [InlineData("\"\"\"\n raw <b>\n \"\"\"")]
    public void The_text_is_the_code_whatever_it_is(string code) => Assert.Equal(code, TextOf(code));

    [Property]
    public bool The_text_is_the_code_for_any_characters(NonNull<string> code)
    {
        // A page is HTML, whose parser replaces these by itself.
        string text = new([.. code.Get.Where(c => c is not ('\r' or '\0') && !char.IsSurrogate(c))]);
        return TextOf(text) == text;
    }

    private static string TextOf(string code) => new HtmlParser().ParseDocument($"<pre>.{CodeHighlighter.ToHtml(code)}</pre>").QuerySelector("pre")!.TextContent[1..];
}
