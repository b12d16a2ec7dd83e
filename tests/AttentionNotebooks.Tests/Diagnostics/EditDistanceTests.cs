using FsCheck.Xunit;

namespace AttentionNotebooks;

/// <summary>The edit distance against recursion over its definition, as a metric, and by published examples.</summary>
public class EditDistanceTests
{
    // Levenshtein's distance as textbooks have it (Jurafsky and Martin, Speech and Language Processing; Wagner and Fischer 1974).
    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("sunday", "saturday", 3)]
    [InlineData("flaw", "lawn", 2)]
    [InlineData("intention", "execution", 5)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    [InlineData("", "", 0)]
    public void It_is_what_the_books_say(string reference, string hypothesis, int edits) => Assert.Equal(edits, Of(reference, hypothesis).Edits);

    [Theory]
    [InlineData("123", "143", 1, 0, 0)]
    [InlineData("123", "1123", 0, 1, 0)]
    [InlineData("123", "13", 0, 0, 1)]
    [InlineData("12345", "9234566", 1, 2, 0)]
    public void Edits_are_told_apart(string reference, string hypothesis, int substitutions, int insertions, int deletions)
    {
        var distance = Of(reference, hypothesis);

        Assert.Equal((substitutions, insertions, deletions), (distance.Substitutions, distance.Insertions, distance.Deletions));
    }

    [Property(MaxTest = 200)]
    public bool It_is_the_recursion_of_its_definition(byte[] reference, byte[] hypothesis)
    {
        var (x, y) = (Few(reference), Few(hypothesis));
        return Of(x, y).Edits == Recursion(x, y);
    }

    [Property(MaxTest = 200)]
    public bool It_is_a_metric(byte[] first, byte[] second, byte[] third)
    {
        var (x, y, z) = (Few(first), Few(second), Few(third));
        return Of(x, y).Edits == Of(y, x).Edits
            && Of(x, z).Edits <= Of(x, y).Edits + Of(y, z).Edits
            && Of(x, y).Edits == 0 == (x == y);
    }

    [Property(MaxTest = 200)]
    public bool Its_pairs_account_for_every_symbol_and_every_edit(byte[] reference, byte[] hypothesis)
    {
        var (x, y) = (Few(reference), Few(hypothesis));
        var distance = Of(x, y);
        var inOrder = distance.Pairs.Zip(distance.Pairs.Skip(1)).All(two => two.First.Reference < two.Second.Reference && two.First.Hypothesis < two.Second.Hypothesis);
        return inOrder
            && distance.Pairs.Count(pair => x[pair.Reference] != y[pair.Hypothesis]) == distance.Substitutions
            && x.Length - distance.Pairs.Count == distance.Deletions
            && y.Length - distance.Pairs.Count == distance.Insertions;
    }

    [Fact]
    public void The_rate_of_a_set_weighs_references_by_their_length_and_may_exceed_one()
    {
        Assert.Equal(1.0 / 8, EditDistance.Rate([Of("12", "13"), Of("123456", "123456")]));
        Assert.Equal(3, EditDistance.Rate([Of("1", "234")]));
        Assert.Equal("1 substitutions, 2 insertions, 0 deletions in 1", Of("1", "234").ToString());
    }

    private static EditDistance Of(string reference, string hypothesis) => EditDistance.Between<char>(reference, hypothesis);

    // Up to 5 of 3 symbols, so that strings have something in common.
    private static string Few(byte[] bytes) => string.Concat(bytes.Take(5).Select(each => "abc"[each % 3]));

    private static int Recursion(string x, string y) => x.Length == 0 || y.Length == 0 ? x.Length + y.Length : Math.Min(
        Recursion(x[1..], y[1..]) + (x[0] == y[0] ? 0 : 1),
        1 + Math.Min(Recursion(x[1..], y), Recursion(x, y[1..])));
}
