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

    [Fact]
    public void Equations_are_the_comments_with_the_statements_under_them()
    {
        Assert.Equal(
            """
            class ScaledDotScore
                // e = q·k / √D   Vaswani 2017, eq. 1
                return (query.matmul(keys.transpose(1, 2)) / Math.Sqrt(query.shape[2]));

            class Sparsemax
                // k = max { k : 1 + k z₍ₖ₎ > Σⱼ≤ₖ z₍ⱼ₎ }   Martins & Astudillo 2016, Alg. 1
                private protected override Tensor Support(Tensor sorted, Tensor rank) => (sorted * rank + 1 > sorted.cumsum(-1)).sum(-1, keepdim: true);
                // τ = (Σⱼ≤ₖ z₍ⱼ₎ − 1) / k   Martins & Astudillo 2016, Alg. 1
                private protected override Tensor Threshold(Tensor x, Tensor outside, Tensor count) => (x.sum(-1, keepdim: true) - 1) / count;
            """,
            SourceCode.Equations(typeof(ScaledDotScore), typeof(Sparsemax)).ToString());
        Assert.Throws<ArgumentException>(() => SourceCode.Equations(typeof(UniformScore)));
    }

    [Theory]
    [InlineData(typeof(DotScore))]
    [InlineData(typeof(GeneralScore))]
    [InlineData(typeof(ConcatScore))]
    [InlineData(typeof(AdditiveScore))]
    [InlineData(typeof(LocationAwareScore))]
    [InlineData(typeof(LocalPredictiveScore))]
    [InlineData(typeof(Softmax))]
    public void Equations_that_are_shown_to_readers_end_in_a_statement(Type type) =>
        Assert.EndsWith(";", SourceCode.Equations(type).ToString(), StringComparison.Ordinal);
}
