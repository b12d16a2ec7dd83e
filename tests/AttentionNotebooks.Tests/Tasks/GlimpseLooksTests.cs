using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public sealed class GlimpseLooksTests : IDisposable
{
    private static readonly DigitData Few = Digits.Drawn(seed: 1, trainCount: 200, testCount: 100);

    private readonly DigitTask task = DigitTasks.Cluttered(Few, 0, testCount: 300);
    private readonly TaskRun run;

    public GlimpseLooksTests() => run = AttentionTask.Train(task["RAM"], 0, new TrainingOptions { Steps = 3, BatchSize = 8 });

    private GlimpseTaskModel Model => (GlimpseTaskModel)run.Model;

    public void Dispose()
    {
        run.Dispose();
        task.Dispose();
    }

    // More canvases than a batch has.
    [Fact]
    public void After_the_last_glimpse_it_answers_and_points_as_its_test_says()
    {
        using var looks = Model.Look(task.TestCanvases);
        var mean = AttentionTask.TestAsUsual(run);

        Assert.Equal("mean", mean.Mode);
        Assert.Equal((300, 3), (looks.Locations.shape[0], looks.Count));
        Assert.Equal(mean.Metrics["accuracy"], looks.Accuracy(task.TestCanvases)[^1], 6);
        Assert.Equal(mean.Metrics["pointing"], looks.Pointing(task.TestCanvases)[^1], 6);
        Assert.Equal(mean.Metrics["glimpses inside"], looks.Pointing(task.TestCanvases).Average(), 6);
        Assert.True(looks.Answers.sum([-1L]).allclose(ones(300, 3)));
        Assert.False(Model.Model.Policy.Deterministic);
    }

    [Fact]
    public void With_a_generator_it_looks_where_it_draws()
    {
        GlimpseLooks Drawn(ulong seed)
        {
            using var generator = new Generator(seed);
            return Model.Look(task.TestCanvases, generator);
        }

        using var mean = Model.Look(task.TestCanvases);
        using var one = Drawn(1);
        using var same = Drawn(1);
        using var other = Drawn(2);

        Assert.True(one.Locations.Equals(same.Locations));
        Assert.False(one.Locations.Equals(other.Locations) || one.Locations.Equals(mean.Locations));
    }

    [Fact]
    public void Distances_are_from_the_middle_of_the_box_in_pixels()
    {
        using var scope = NewDisposeScope();
        using var canvases = new CanvasBatch(zeros(2, 1, 10, 10), tensor([3L, 4], [2, 1]), tensor([2f, 2, 6, 8, 2, 2, 6, 8], [2, 1, 4]));
        // In pixels: (4, 5), (7, 1) of the first, (4, 5), (4, 5) of the second; the middle is at (4, 5).
        var looks = new GlimpseLooks(tensor([-0.2f, 0, 0.4f, -0.8f, -0.2f, 0, -0.2f, 0], [2, 2, 2]), nn.functional.one_hot(tensor([3L, 3, 3, 4], [2, 2]), 5).to(float32));

        Assert.Equal([0, 2.5], looks.Distance(canvases), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal([1, 0.5], looks.Pointing(canvases));
        Assert.Equal([0.5, 1], looks.Accuracy(canvases));
    }

    [Fact]
    public void It_leaves_nothing_but_the_looks()
    {
        Assert.Equal(2, LiveTensors.HandedOverBy(() => Model.Look(task.TestCanvases)));
        using var looks = Model.Look(task.TestCanvases);
        Assert.Equal(0, LiveTensors.LeftBy(() => looks.Accuracy(task.TestCanvases)));
        Assert.Equal(0, LiveTensors.LeftBy(() => looks.Distance(task.TestCanvases)));
        var pictures = new GlimpsePictures(task.TestCanvases, Model.Model.Retina);
        Assert.Equal(0, LiveTensors.LeftBy(() => Assert.Equal(6, pictures.Looks(looks, 3, 2).Count())));
        Assert.Equal(0, LiveTensors.LeftBy(() => Assert.Equal(2, pictures.Glance(1, 0, 0).Count())));
    }

    [Fact]
    public void Pictures_show_the_way_the_squares_within_the_canvas_and_what_is_known()
    {
        using var looks = Model.Look(task.TestCanvases);
        var pictures = new GlimpsePictures(task.TestCanvases, Model.Model.Retina);

        Tile[] tiles = [.. pictures.Looks(looks, 3, 2)];

        Assert.Equal(6, tiles.Length);
        var x = (looks.Locations[1, 1, 0].ToSingle() + 1) * 30;
        Assert.Equal((2, (double)x), (tiles[1].Paths[0].Stops.Count, tiles[1].Paths[0].Stops[1].X));
        Assert.Equal([Role.Exact, Role.Hard, Role.Hard], tiles[1].Boxes.Select(box => box.Role));
        Assert.All(tiles.SelectMany(tile => tile.Boxes), box => Assert.True(box.Left >= 0 && box.Top >= 0 && box.Left + box.Width <= 60 && box.Top + box.Height <= 60));
        Assert.Equal((12.0, 12.0), (tiles[1].Boxes[1].Width, tiles[1].Boxes[1].Height));
        Assert.EndsWith(tiles[1].Title[^1] == '✓' ? " ✓" : " ✗", tiles[1].Title, StringComparison.Ordinal);
        Assert.StartsWith("sure by ", tiles[4].Title, StringComparison.Ordinal);
        // What the fine square covers is known as it is.
        var square = tiles[1].Boxes[1];
        Assert.Equal(tiles[1].Colour((int)square.Top + 3, (int)square.Left + 5), tiles[4].Colour((int)square.Top + 3, (int)square.Left + 5));
        Assert.Equal(3, pictures.GlimpseByGlimpse(looks, 3, "title", "caption").Steps.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => pictures.Looks(looks, 3, 4));
    }

    [Fact]
    public void One_glance_shows_its_squares_and_leaves_the_rest_unknown()
    {
        var pictures = new GlimpsePictures(task.TestCanvases, new Retina(12, scales: 2, zoom: 3));

        Tile[] tiles = [.. pictures.Glance(0, -1, -1)];

        Assert.Equal([(6, 6), (18, 18)], tiles[0].Boxes.Skip(1).Select(box => ((int)box.Width, (int)box.Height)));
        Assert.Equal((0.35, 0.35, 0.35), Rounded(tiles[1].Colour(50, 50)));

        static (double, double, double) Rounded((double Red, double Green, double Blue) colour) => (Math.Round(colour.Red, 4), Math.Round(colour.Green, 4), Math.Round(colour.Blue, 4));
    }
}
