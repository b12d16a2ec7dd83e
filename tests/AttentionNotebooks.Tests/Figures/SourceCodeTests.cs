using System.Text;

namespace AttentionNotebooks.Tests;

public sealed class SourceCodeTests
{
    [Fact]
    public void It_is_the_file_that_was_compiled_without_its_frame()
    {
        var text = SourceCode.Of<Sampled>().ToString();
        Assert.StartsWith("public sealed class Sampled : Read", text, StringComparison.Ordinal);
        Assert.Contains("locations.Sample(generator)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("///", text, StringComparison.Ordinal);
        Assert.DoesNotContain("namespace", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_escapes_it() => Assert.Contains("List&lt;string[]&gt;", SourceCode.Of<Table>().ToHtml(), StringComparison.Ordinal);

    [Fact]
    public void A_type_of_another_library_is_an_error()
    {
        var error = Assert.Throws<ArgumentException>(() => SourceCode.Of<StringBuilder>());
        Assert.Contains("System.Text.StringBuilder", error.Message, StringComparison.Ordinal);
    }
}
