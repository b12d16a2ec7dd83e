namespace AttentionNotebooks;

public sealed class CaptionLooksTests : IDisposable
{
    private static readonly SceneData Data = Scenes.Draw(seed: 1, trainCount: 100, testCount: 6);

    private readonly CaptioningTask task = new(Data);
    private readonly TaskRun run;

    public CaptionLooksTests() => run = AttentionTask.Train(task["soft"], 0, task["soft"].Options with { Steps = 3, BatchSize = 8 });

    private CaptionModel Model => (CaptionModel)run.Model;

    public void Dispose()
    {
        run.Dispose();
        task.Dispose();
    }

    [Fact]
    public void It_follows_the_first_caption_with_a_look_a_word()
    {
        var looks = Model.Follow(Data.Test, 2);

        Assert.Equal(Data.Test.Scenes[2].Captions[0].Words, looks.Words);
        for (var word = 0; word < looks.Words.Count; word++)
            Assert.Equal(1, Enumerable.Range(0, 36).Sum(place => looks.Weights[word, place]), 5);
    }

    [Fact]
    public void It_says_of_one_scene_what_it_says_of_it_among_all()
    {
        using var test = new CaptionTest(Data.Test, task.Vocabulary);
        Model.Captioner.eval();
        var among = test.Captions(Model.Captioner, 1, generator: null);
        Model.Captioner.train();

        Assert.All(Enumerable.Range(0, Data.Test.Count), scene => Assert.Equal(among[scene], Model.Say(Data.Test, scene).Words));
        Assert.True(Model.Captioner.training);
    }

    [Fact]
    public void Another_read_may_look_and_the_model_keeps_its_own()
    {
        var looks = Model.Follow(Data.Test, 0, new MostLikely());

        Assert.All(Enumerable.Range(0, looks.Words.Count), word => Assert.Equal(1, Enumerable.Range(0, 36).Count(place => looks.Weights[word, place] == 1)));
        Assert.IsType<Expected>(Model.Captioner.Attention.Read);
    }

    [Fact]
    public void Pictures_are_in_colour_until_a_look_lies_over_them_and_frame_what_a_word_speaks_of()
    {
        var pictures = new CaptionPictures(Data.Test);
        var caption = Data.Test.Scenes[0].Captions[0];
        Tile[] looks = [.. pictures.Looks(0, Model.Follow(Data.Test, 0), caption.SpeaksOf)];

        Assert.All(pictures.First(2), tile => Assert.Null(tile.Map));
        Assert.Equal(caption.Words, looks.Select(tile => tile.Title));
        Assert.Equal(caption.SpeaksOf.Select(of => of == SceneCaption.Nothing ? 0 : 1), looks.Select(tile => tile.Boxes.Count));
    }
}
