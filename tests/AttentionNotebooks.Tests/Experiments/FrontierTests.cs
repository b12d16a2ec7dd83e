using System.Runtime.CompilerServices;

namespace AttentionNotebooks;

public class FrontierTests
{
    private static readonly Lazy<Frontier> Recorded = new(() => Frontier.Of(Results()));

    [Fact]
    public void Soft_attention_is_where_it_is_compared_with_and_every_contender_has_a_price()
    {
        var soft = Recorded.Value.Places.Where(place => place.Contender == "soft").ToArray();

        Assert.Equal(7, soft.Length);
        Assert.All(soft, place => Assert.Equal((0.0, 1.0, 1.0), (place.Ahead, place.Operations, place.Seconds)));
        Assert.All(Recorded.Value.Places, place => Assert.InRange(place.Operations!.Value, 0.01, 100));
        Assert.All(Recorded.Value.Places, place => Assert.InRange(place.Ahead, -1, 1));
    }

    [Fact]
    public void Reading_one_window_takes_a_sixth_of_the_operations_and_errors_count_against()
    {
        FrontierPlace At(string task, string contender) => Recorded.Value.Places.Single(place => place.Task == task && place.Contender == contender);

        Assert.InRange(At("digits-cluttered", "hard, leave-one-out").Operations!.Value, 0.1, 0.25);
        // They make far more digit errors than soft attention.
        Assert.True(At("speech-strings", "hard, leave-one-out").Ahead < -0.05);
        Assert.True(At("speech-strings", "hard, REINFORCE").Ahead < -0.4);
        Assert.Null(At("translation-iso", "hard, leave-one-out").Pointing);
        Assert.NotNull(At("captioning-scenes", "hard, leave-one-out").Pointing);
    }

    [Fact]
    public void Nobody_on_the_frontier_is_behind_and_dearer()
    {
        FrontierPlace Place(string task, string name, double ahead, double cost) => new(task, name, Role.Soft, ahead, cost, 1, null);
        Frontier frontier = new(Place("a", "dear", 0.1, 2), Place("a", "soft", 0, 1), Place("a", "worse", -0.1, 1), Place("a", "cheap", -0.2, 0.5), Place("a", "dearer", 0.05, 3), Place("b", "alone", -0.5, 9));

        Assert.Equal(["dear", "soft", "cheap", "alone"], frontier.Best(place => place.Operations).Select(place => place.Contender));
        Assert.Empty(frontier.Best(place => place.Pointing));
    }

    [Fact]
    public void The_charts_leave_out_what_is_not_known()
    {
        Frontier frontier = new(new FrontierPlace("a", "soft", Role.Soft, 0, 1, 1, 0), new FrontierPlace("b", "soft", Role.Soft, 0, null, 1, null));

        Assert.Equal(2, frontier.AgainstSeconds().Describe().Count());
        Assert.Equal(["a: soft: score over soft, points 0 at operations to answer, soft = 1 1"], frontier.AgainstOperations().Describe());
        Assert.Single(frontier.AgainstPointing().Describe());
    }

    private static string Results([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../data/results"));
}
