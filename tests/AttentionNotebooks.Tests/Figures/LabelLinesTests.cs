namespace AttentionNotebooks.Tests;

public class LabelLinesTests
{
    [Theory]
    [InlineData("soft", 9, "soft")]
    [InlineData("control, plain average", 9, "control,|plain|average")]
    [InlineData("control, plain average", 24, "control, plain average")]
    [InlineData("hard, leave-one-out", 9, "hard,|leave-|one-out")]
    [InlineData("hybrid, semi-sampling", 9, "hybrid,|semi-|sampling")]
    [InlineData("leave-one-out", 20, "leave-one-out")]
    [InlineData("unbreakable", 5, "unbreakable")]
    [InlineData("well-", 3, "well-")]
    [InlineData("", 5, "")]
    public void A_label_breaks_at_spaces_and_within_a_long_word_at_hyphens(string label, int length, string lines) =>
        Assert.Equal(lines.Split('|'), LabelLines.Of(label, length));
}
