using System.Text.Json;

namespace AttentionNotebooks.Tests;

public class AttendedTextTests
{
    [Fact]
    public void The_ground_of_a_word_is_as_strong_as_its_weight_and_true_words_are_framed()
    {
        JsonElement[] grounds = Grounds(Sample.Text());

        // Two names, over two words each.
        Assert.Equal(6, grounds.Length);
        Assert.Equal(["0", "0.375", "0.125", "0", "0", "0.5"], grounds.Select(ground => ground.GetProperty("fillcolor").GetString()!.Split(',')[^1].TrimEnd(')')));
        Assert.Equal([0, 1.5, 1.5, 0, 0, 0], grounds.Select(ground => ground.GetProperty("line").GetProperty("width").GetDouble()));
    }

    [Fact]
    public void The_scale_ends_at_the_maximum() =>
        Assert.EndsWith(",0.5)", Grounds(new AttendedText(Of([0.2f, 0.4f])) { Maximum = 0.2 })[1].GetProperty("fillcolor").GetString(), StringComparison.Ordinal);

    [Fact]
    public void Words_stand_one_after_the_other_within_the_width_and_lines_below_each_other()
    {
        JsonElement[] grounds = Grounds(new AttendedText(Of([.. Enumerable.Range(0, 60).Select(n => n / 60f)]), Of([1])));

        double Side(JsonElement ground, string side) => ground.GetProperty(side).GetDouble();
        Assert.All(grounds, ground => Assert.InRange(Side(ground, "x1"), 0, 700));
        foreach (var (ground, next) in grounds.Zip(grounds.Skip(1)))
        {
            bool goesOn = Side(next, "y0") == Side(ground, "y0");
            Assert.True(goesOn ? Side(next, "x0") - Side(ground, "x1") is > 1 and < 5 : Side(next, "x0") == Side(grounds[0], "x0") && Side(next, "y0") > Side(ground, "y1"));
        }

        Assert.Equal([1, 61, 62], grounds.Index().Where(ground => ground.Item.GetProperty("name").ValueKind == JsonValueKind.String).Select(ground => ground.Index));
    }

    [Fact]
    public void Words_are_shown_as_they_are() =>
        Assert.Equal("a &lt;b&gt;", new Fragment(new AttendedText(new AttendedSentence("x", Role.Soft, ["a <b>"], [1]))).Layout.GetProperty("annotations")[1].GetProperty("text").GetString());

    [Fact]
    public void In_words_it_says_what_had_most_and_what_is_framed() => Assert.Equal(
        "  soft: good ✓: “not bad”, most at “not”, 0.75; framed: not, bad\n  hard: bad ✗: “not bad”, most at “bad”, 1",
        Sample.Text().ToString());

    [Fact]
    public void No_sentence_no_word_and_weights_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new AttendedText());
        Assert.Throws<ArgumentException>(() => new AttendedText(new AttendedSentence("x", Role.Soft, [], [])));
        Assert.Throws<ArgumentException>(() => new AttendedText(new AttendedSentence("x", Role.Soft, ["a"], [1, 2])));
    }

    private static AttendedSentence Of(float[] weights) => new("name", Role.Soft, [.. weights.Select((_, n) => new string('w', 1 + (n % 9)))], weights);

    private static JsonElement[] Grounds(AttendedText text) => [.. new Fragment(text).Layout.GetProperty("shapes").EnumerateArray()];
}
