namespace AttentionNotebooks;

public class TemplateReviewsTests
{
    private static readonly string[] Bad = ["bad", "awful", "dull", "terrible", "boring", "dreadful", "poor", "horrible"];
    private static readonly SentimentData Data = TemplateReviews.Draw(1, 4_000, 1_000);

    [Fact]
    public void The_planted_reasons_alone_give_the_class()
    {
        foreach (var review in Data.Train.Sentences)
        {
            var reasons = review.Words.Where((_, i) => review.Reasons![i]).ToArray();
            Assert.Equal(review.Words.Count, review.Reasons!.Count);
            Assert.InRange(reasons.Length, 1, 2);
            Assert.Equal(reasons.Length == 2, reasons.Contains("not"));
            Assert.Equal(review.Label == 1, Bad.Contains(reasons[^1]) == (reasons.Length == 2));
        }
    }

    [Fact]
    public void A_bag_of_words_does_not_suffice()
    {
        // Naive Bayes with every word and every pair of words in the same review.
        var counts = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var review in Data.Train.Sentences)
        {
            foreach (var word in Bag(review))
            {
                if (!counts.TryGetValue(word, out var count)) counts[word] = count = [1, 1];
                count[review.Label]++;
            }
        }

        var right = Data.Test.Sentences.Count(review => (Bag(review).Sum(word => counts.TryGetValue(word, out var count) ? Math.Log(count[1] / count[0]) : 0) > 0) == (review.Label == 1));
        Assert.InRange(right / 1000.0, 0.4, 0.75);
    }

    [Fact]
    public void Classes_are_balanced_and_words_few()
    {
        Assert.Equal(2_000, Data.Train.Sentences.Count(review => review.Label == 1));
        Assert.InRange(Data.Train.Sentences.SelectMany(review => review.Words).Distinct(StringComparer.Ordinal).Count(), 60, 110);
        Assert.All(Data.Train.Sentences, review => Assert.Equal(".", review.Words[^1]));
    }

    [Fact]
    public void A_longer_set_begins_with_the_shorter_one_and_the_sets_differ()
    {
        Assert.Equal(Texts(Data.Train).Take(30), Texts(TemplateReviews.Draw(1, 30, 30).Train));
        Assert.NotEqual(Texts(Data.Train).Take(30), Texts(TemplateReviews.Draw(2, 30, 30).Train));
        Assert.NotEqual(Texts(Data.Test), Texts(Data.Validation));
    }

    private static IEnumerable<string> Texts(SentimentSet set) => set.Sentences.Select(review => $"{review.Label} {string.Join(' ', review.Words)}");

    private static HashSet<string> Bag(LabelledSentence review)
    {
        var words = review.Words.Distinct(StringComparer.Ordinal).ToArray();
        return [.. words, .. from a in words from b in words where string.CompareOrdinal(a, b) < 0 select $"{a} {b}"];
    }
}
