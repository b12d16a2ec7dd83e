namespace AttentionNotebooks;

public class SpeltStringTests
{
    [Fact]
    public void A_reader_that_goes_on_inspects_from_stop_to_stop()
    {
        // Stops at 1, stays, goes to 3: two, one, three.
        Assert.Equal(6, Of([1, 1], [1, 1, 3], 5).Inspected());
        // Passes the last of five, and has nothing left to inspect.
        Assert.Equal(2 + 4, Of([1, 2], [1, -1, -1], 5).Inspected());
        Assert.Equal(0, Of([], [], 5).Inspected());
    }

    [Fact]
    public void A_digit_twice_in_a_row_repeats() =>
        Assert.Equal([true, false, false], new[] { Of([1, 3, 3], [0], 4), Of([3, 1, 3], [0], 4), Of([3], [0], 4) }.Select(spelt => spelt.Repeats));

    [Fact]
    public void An_alignment_frames_where_the_digit_is_said_that_a_symbol_stands_for()
    {
        // 4 is left out: what was spelt stands for the second and the third digit.
        var picture = SpeechPictures.Alignment(Of([4, 5, 8], [2, 4], 8) with { Spelt = [5, 8] }, "title", "caption");

        Assert.Equal([(0, 2), (0, 3), (1, 4), (1, 5)], picture.Marks.Order());
        Assert.Equal(["5", "8"], picture.Rows);
    }

    [Fact]
    public void Listening_goes_on_for_as_long_as_the_longest_spelling_and_the_end_has_a_row()
    {
        using var frames = new LogMel();
        using var set = new DigitStringSet([new(new float[8000], [3, 1], [(0, 4000), (4000, 8000)])], frames);
        var (two, three) = (Of([3, 1], [2, 6], 9) with { Spelt = [3, 1] }, Of([3, 1], [2, 4, 7], 9) with { Spelt = [3, 1] });

        var listening = SpeechPictures.Listening(set, 0, "title", "caption", ("first", two), ("second", three));

        Assert.Equal(["1", "2", "3"], listening.Steps.Select(step => step.Label));
        Assert.Contains("first: 3 1, second: 3 1 end", listening.Steps[2].Figure.Describe().First(), StringComparison.Ordinal);
        Assert.Contains("98 pixels", listening.Steps[0].Figure.Describe().First().Replace("×98", " 98", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    // Two locations a digit; each symbol has all its weight at one location, or none.
    private static SpeltString Of(byte[] said, int[] stops, int locations)
    {
        var weights = new float[stops.Length, locations];
        for (var step = 0; step < stops.Length; step++)
        {
            if (stops[step] >= 0) weights[step, stops[step]] = 1;
        }

        return new SpeltString(said, said, weights, [.. said.Select((_, digit) => (2 * digit, (2 * digit) + 2))], 12);
    }
}
