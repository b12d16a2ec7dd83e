namespace AttentionNotebooks;

public class TranslatedTests
{
    // Reads “a12.”, writes “21.”; the dot is the end and does not count.
    private static readonly Translated Example = new(["a", "1", "2", "."], ["2", "1", "x", "."], new[,]
    {
        { 0.1f, 0.2f, 0.7f, 0 },
        { 0.5f, 0.4f, 0.1f, 0 },
        { 0.1f, 0.2f, 0.7f, 0 },
        { 0, 0, 0, 1f },
    });

    [Fact]
    public void A_copy_is_a_word_of_the_sentence_whose_row_has_most_there() =>
        Assert.Equal([(true, 0.25), (false, 0.25)], Example.Copies());

    [Fact]
    public void An_alignment_grows_a_row_at_a_time()
    {
        var growing = AlignmentPictures.Growing(Example, "title", "caption");

        Assert.Equal(["2", "21", "21x", "21x."], growing.Steps.Select(step => step.Label));
        Assert.Equal(2 + 1, growing.Steps[1].Figure.Describe().Count());
        Assert.Equal(4 + 1, AlignmentPictures.Of(Example, "title", "caption").Describe().Count());
    }
}
