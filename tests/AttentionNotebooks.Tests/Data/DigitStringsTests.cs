using TorchSharp;

namespace AttentionNotebooks;

public class DigitStringsTests
{
    // Every recording is its digit, many times, so that a string shows what it was made of.
    private static readonly SpokenDigitSet Set = new(
        "plain", 1000, [.. from speaker in new[] { "a", "b" } from digit in Enumerable.Range(0, 10) select new Recording(digit, speaker, 0, [.. Enumerable.Repeat((speaker == "a" ? 1 : -1) * (digit + 1) / 16f, 20 + digit)])], "a test");

    [Fact]
    public void Without_noise_the_spans_hold_the_digits_and_the_gaps_are_silent()
    {
        foreach (var joined in new DigitStrings(1, 6, 0.01, 0.05, Noise: 0).Join(Set, 200, seed: 1))
        {
            Assert.InRange(joined.Digits.Length, 1, 6);
            Assert.Equal(joined.Digits.Length, joined.Spans.Count);
            var end = 0;
            for (var i = 0; i < joined.Digits.Length; i++)
            {
                var (from, to) = joined.Spans[i];
                Assert.InRange(from - end, 10, 50);
                Assert.All(joined.Samples[end..from], sample => Assert.Equal(0, sample));
                Assert.Equal(20 + joined.Digits[i], to - from);
                Assert.All(joined.Samples[from..to], sample => Assert.Equal((joined.Digits[i] + 1) / 16f, Math.Abs(sample)));
                // One speaker says the whole string.
                Assert.Equal(Math.Sign(joined.Samples[joined.Spans[0].Start]), Math.Sign(joined.Samples[from]));
                end = to;
            }

            Assert.InRange(joined.Samples.Length - end, 10, 50);
        }
    }

    [Fact]
    public void Pieces_are_added_to_what_would_be_there_without_them()
    {
        var (plain, strewn) = (new DigitStrings(1, 1, 0.1, 0.3, Noise: 0).Join(Set, 100, seed: 1), new DigitStrings(1, 1, 0.1, 0.3, Noise: 0, Pieces: 3, PieceLength: 0.01).Join(Set, 100, seed: 1));

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(plain[i].Digits, strewn[i].Digits);
            Assert.Equal(plain[i].Spans, strewn[i].Spans);
            var differences = plain[i].Samples.Zip(strewn[i].Samples, (without, with) => with - without).ToArray();
            // Three pieces of ten samples, which may lie upon each other; each of the speaker's.
            Assert.InRange(differences.Count(difference => difference != 0), 10, 30);
            var sign = Math.Sign(plain[i].Samples[plain[i].Spans[0].Start]);
            Assert.All(differences, difference => Assert.InRange(sign * difference, 0, 3 * 10 / 16f));
        }

        // Anywhere: over the digit as well as beside it.
        bool Within(int i, int at) => at >= plain[i].Spans[0].Start && at < plain[i].Spans[0].End;
        var places = Enumerable.Range(0, 100).SelectMany(i => Enumerable.Range(0, plain[i].Samples.Length).Where(at => plain[i].Samples[at] != strewn[i].Samples[at]).Select(at => Within(i, at))).ToArray();
        Assert.Contains(true, places);
        Assert.Contains(false, places);
    }

    [Fact]
    public void A_string_depends_on_seed_and_number_alone()
    {
        var (few, many, other) = (new DigitStrings().Join(Set, 3, 5), new DigitStrings().Join(Set, 9, 5), new DigitStrings().Join(Set, 3, 6));

        for (var i = 0; i < 3; i++) Assert.Equal(few[i].Samples, many[i].Samples);
        Assert.NotEqual(few[0].Samples, other[0].Samples);
    }

    [Fact]
    public void The_noise_has_the_deviation_that_was_asked_for()
    {
        var samples = new DigitStrings(1, 1, 5, 5, Noise: 0.1).Join(Set, 1, 3)[0];
        var gap = samples.Samples[..samples.Spans[0].Start];

        Assert.InRange(Math.Sqrt(gap.Average(s => (double)s * s)), 0.095, 0.105);
    }

    [Fact]
    public void A_batch_is_as_long_as_its_longest_and_silent_after_the_end_of_each()
    {
        var strings = new DigitStrings().Join(Set, 4, 8);
        using var batch = DigitStrings.ToSamples(strings);

        Assert.Equal([4, strings.Max(s => s.Samples.Length)], batch.shape);
        for (var i = 0; i < 4; i++)
        {
            using var row = batch[i];
            Assert.Equal(strings[i].Samples, row.data<float>().ToArray()[..strings[i].Samples.Length]);
            Assert.All(row.data<float>().ToArray()[strings[i].Samples.Length..], sample => Assert.Equal(0, sample));
        }
    }

    [Fact]
    public void Limits_out_of_order_and_an_empty_set_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new DigitStrings(3, 2).Join(Set, 1, 1));
        Assert.Throws<ArgumentException>(() => new DigitStrings(0, 2).Join(Set, 1, 1));
        Assert.Throws<ArgumentException>(() => new DigitStrings(ShortestGap: 0.3, LongestGap: 0.1).Join(Set, 1, 1));
        Assert.Throws<ArgumentException>(() => new DigitStrings(Noise: double.NaN).Join(Set, 1, 1));
        Assert.Throws<ArgumentException>(() => new DigitStrings().Join(Set.Where(_ => false), 1, 1));
    }

    [Fact]
    public void Recordings_become_a_padded_batch()
    {
        using var scope = torch.NewDisposeScope();
        var batch = Set.ToSamples(0, 2);

        Assert.Equal([2, 22], batch.shape);
        Assert.Equal(0, batch[0, 21].item<float>());
        Assert.Equal(3 / 16f, batch[1, 21].item<float>());
        Assert.Equal([0, 0], Set.ToSamples().shape);
        Assert.Throws<ArgumentOutOfRangeException>(() => Set.ToSamples(20));
        Assert.Throws<ArgumentException>(() => new SpokenDigitSet("x", 8000, [new(10, "a", 0, [1f])], "a test"));
        Assert.Throws<ArgumentException>(() => new SpokenDigitSet("x", 8000, [new(1, "a", 0, [])], "a test"));
    }
}
