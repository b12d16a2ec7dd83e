using System.Globalization;

namespace AttentionNotebooks;

public class HumanToIsoTests
{
    private static readonly IsoData Data = HumanToIso.Draw(1, 4_000, 1_000);

    [Fact]
    public void Every_target_is_a_date_a_period_or_a_number()
    {
        foreach (var pair in Data.Train.Pairs.Concat(Data.Test.Pairs).Concat(Data.NewFormats.Pairs)) Assert.True(IsDate(pair.Target) || IsBelow(10_000, pair.Target), pair.ToString());
        foreach (var pair in Data.NewLengths.Pairs)
        {
            var parts = pair.Target.Split('/');
            Assert.True(parts.Length == 2 ? parts.All(IsDate) && string.CompareOrdinal(parts[0], parts[1]) <= 0 : IsBelow(1_000_000_000, pair.Target) && pair.Target.Length > 4, pair.ToString());
        }
    }

    [Fact]
    public void A_reader_of_dates_that_knows_nothing_of_ours_agrees()
    {
        string[] formats = ["d MMMM yyyy", "MMMM d, yyyy", "dddd, d MMMM yyyy", "dddd, MMMM d, yyyy", "d-MMM-yyyy", "dd.MM.yyyy", "d MMM yyyy", "MMMM d yyyy", "yyyy, MMMM d"];
        var understood = 0;
        foreach (var pair in Data.Train.Pairs.Where(pair => IsDate(pair.Target)))
        {
            var plain = System.Text.RegularExpressions.Regex.Replace(pair.Source, "(?<=[0-9])(st|nd|rd|th)( of)?|^the ", "");
            if (DateOnly.TryParseExact(plain.Replace("March,", "March", StringComparison.Ordinal), formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) understood++;
            else if (DateOnly.TryParseExact(plain, "d MMMM, yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out date)) understood++;
            else continue;
            Assert.Equal(pair.Target, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        Assert.InRange(understood, 2400, 4000);
    }

    [Theory]
    [InlineData(0, "zero")]
    [InlineData(13, "thirteen")]
    [InlineData(342, "three hundred and forty-two")]
    [InlineData(1005, "one thousand and five")]
    [InlineData(1500, "one thousand five hundred")]
    [InlineData(20_000, "twenty thousand")]
    [InlineData(7_000_012, "seven million and twelve")]
    [InlineData(999_099_999, "nine hundred and ninety-nine million ninety-nine thousand nine hundred and ninety-nine")]
    public void Numbers_are_written_as_people_say_them(int number, string words)
    {
        Assert.Equal(words, NumberWriting.InWords(number, and: true));
        Assert.Equal(words.Replace(" and ", " ", StringComparison.Ordinal), NumberWriting.InWords(number, and: false));
    }

    [Fact]
    public void Nothing_tested_is_trained_on()
    {
        var trained = Data.Train.Pairs.Select(pair => pair.Target).ToHashSet(StringComparer.Ordinal);

        Assert.All(Data.Test.Pairs.Concat(Data.NewFormats.Pairs).Concat(Data.NewLengths.Pairs), pair => Assert.DoesNotContain(pair.Target, trained));
        var other = HumanToIso.Draw(2, 4_000, 1).Train.Pairs.Select(pair => pair.Target).ToHashSet(StringComparer.Ordinal);
        Assert.All(Data.Test.Pairs, pair => Assert.DoesNotContain(pair.Target, other));
        var share = Enumerable.Range(0, 73_049).Average(day => HumanToIso.IsHeldOut(true, day) ? 1.0 : 0);
        Assert.InRange(share, 0.19, 0.21);
    }

    [Fact]
    public void New_ways_to_write_are_new_and_new_lengths_are_longer()
    {
        var date = new DateOnly(2011, 5, 23);
        Assert.Empty(DateWriting.Known.Select(w => w(date)).Intersect(DateWriting.New.Select(w => w(date)), StringComparer.Ordinal));
        Assert.Empty(NumberWriting.Known.Select(w => w(1342)).Intersect(NumberWriting.New.Select(w => w(1342)), StringComparer.Ordinal));
        Assert.True(Data.NewLengths.Pairs.Min(p => p.Target.Length) > Data.Train.Pairs.Where(p => !IsDate(p.Target)).Max(p => p.Target.Length));
        Assert.Equal(21, Data.NewLengths.Pairs.Max(p => p.Target.Length));
    }

    [Fact]
    public void All_letters_of_the_tests_are_in_training()
    {
        var letters = Data.Train.Pairs.SelectMany(p => p.Source).ToHashSet();
        Assert.All(Data.NewLengths.Pairs, p => Assert.Subset(letters, p.Source.ToHashSet()));
    }

    [Fact]
    public void The_first_pairs_of_seed_1_are_these() => Assert.Equal(Data.Train.Pairs.Take(40), HumanToIso.Draw(1, 40, 0).Train.Pairs);

    [Fact]
    public void Another_seed_is_other_text() => Assert.NotEqual(Data.Train.Pairs.Take(40), HumanToIso.Draw(2, 40, 0).Train.Pairs);

    private static bool IsDate(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsBelow(int bound, string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < bound;
}
