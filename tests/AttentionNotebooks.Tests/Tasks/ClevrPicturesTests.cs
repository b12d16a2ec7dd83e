namespace AttentionNotebooks;

public class ClevrPicturesTests
{
    private static readonly SortOfClevrData Data = SortOfClevr.Draw(seed: 5, trainCount: 20, testCount: 20);
    private static readonly TrainingOptions Short = new() { Steps = 1, BatchSize = 4, ReportEvery = 1 };

    [Fact]
    public void The_hybrid_frames_what_it_chose_and_who_weighs_all_frames_the_object_alone()
    {
        using var task = new ClevrTask(Data);
        Tile[] Looks(string name)
        {
            using var run = AttentionTask.Train(task[name], seed: 1, Short);
            return [.. new ClevrPictures(Data.Test).Looks(run, 3, 0, 12)];
        }

        var hybrid = Looks("hybrid, relations of 24 places");

        Assert.Equal(3, hybrid.Length);
        Assert.Null(hybrid[0].Map);
        Assert.Equal(25, hybrid[1].Boxes.Count);
        Assert.Equal(1, hybrid[1].Map!.Over(75, 75).Sum(place => place.Weight), 1e-4);
        Assert.Single(Looks("soft")[2].Boxes);
    }

    [Fact]
    public void Who_looks_nowhere_has_no_pictures_of_it()
    {
        using var task = new ClevrTask(Data);
        using var run = AttentionTask.Train(task["CNN+MLP"], seed: 1, Short);

        Assert.Throws<ArgumentException>(() => new ClevrPictures(Data.Test).Looks(run, 0, 0));
        Assert.Equal(2, new ClevrPictures(Data.Test).First(2).Count());
    }

    [Fact]
    public void Relations_of_chosen_places_cost_less_than_those_of_all()
    {
        using var task = new ClevrTask(Data);

        Assert.True(2 * ClevrTask.MegaFlops(task["hybrid, relations of 24 places"]) < ClevrTask.MegaFlops(task["relations of all places"]));
    }
}
