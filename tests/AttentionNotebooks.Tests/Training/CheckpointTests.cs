using static TorchSharp.torch;

namespace AttentionNotebooks;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File => Path.Combine(folder.Path, "new folder", "run.checkpoint");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_run_broken_off_at_any_point_goes_on_to_the_same_weights_history_and_generator(int points)
    {
        using var scope = NewDisposeScope();
        var options = new TrainingOptions { Steps = 25, ReportEvery = 5, ValidateEvery = 2, EarlyStopping = new("distance", 2) };
        var (unbroken, unbrokenGenerator) = (new QuadraticLearner(), new Generator(1));
        var expected = new Trainer(options).Run(unbroken, unbrokenGenerator);

        BreakOff(options, points);
        var (learner, generator) = (new QuadraticLearner(), new Generator(77));
        var history = new Trainer(options with { Checkpoint = File, CheckpointEvery = 1 }).Run(learner, generator);

        Assert.Equal(25 - 5 * points, learner.Steps);
        Assert.Equal(unbroken.Place, learner.Place);
        Assert.Equal(unbrokenGenerator.get_state().data<byte>().ToArray(), generator.get_state().data<byte>().ToArray());
        Assert.Equal(expected.Steps, history.Steps);
        Assert.Equal(expected["loss"], history["loss"]);
        Assert.Equal(expected["distance"], history["distance"]);
        Assert.Equal(history.Points.Select(point => point.Seconds).Order(), history.Points.Select(point => point.Seconds));
        Assert.Equal(["run.checkpoint"], Directory.GetFiles(Path.GetDirectoryName(File)!).Select(Path.GetFileName));
    }

    [Fact]
    public void Patience_and_the_best_weights_survive_being_broken_off()
    {
        using var scope = NewDisposeScope();
        // The second validation is the best; patience ends the run at the fifth.
        static double Distance(int time) => Math.Abs(time - 2);
        var options = new TrainingOptions { Steps = 100, ReportEvery = 5, ValidateEvery = 1, CheckpointEvery = 1, EarlyStopping = new("distance", 3) };
        var unbroken = new QuadraticLearner { Validation = Distance };
        var expected = new Trainer(options).Run(unbroken, new Generator(1));

        BreakOff(options, 4, Distance);
        var learner = new QuadraticLearner { Validation = time => Distance(time + 4) };
        var history = new Trainer(options with { Checkpoint = File }).Run(learner, new Generator(2));

        Assert.Equal(25, expected.Last!.Step);
        Assert.Equal(25, history.Last!.Step);
        Assert.Equal(unbroken.Place, learner.Place);
    }

    [Fact]
    public void A_run_that_was_done_is_not_done_again()
    {
        using var scope = NewDisposeScope();
        var options = new TrainingOptions { Steps = 10, ReportEvery = 5, Checkpoint = File };
        var done = new QuadraticLearner();
        new Trainer(options).Run(done, new Generator(1));
        var again = new QuadraticLearner();

        var history = new Trainer(options).Run(again, new Generator(2));

        Assert.Equal(0, again.Steps);
        Assert.Equal(done.Place, again.Place);
        Assert.Equal([5.0, 10], history.Steps);
    }

    [Theory]
    [InlineData("empty", "the file is empty")]
    [InlineData("text", "it is no checkpoint, or is damaged")]
    [InlineData("cut", "it is no checkpoint, or is damaged")]
    [InlineData("longer", "it is no checkpoint, or is damaged")]
    [InlineData("one bit", "it is no checkpoint, or is damaged")]
    public void A_damaged_checkpoint_is_an_error_that_names_it_and_leaves_the_model_as_it_was(string damage, string problem)
    {
        using var scope = NewDisposeScope();
        var options = new TrainingOptions { Steps = 10, ReportEvery = 5, Checkpoint = File };
        new Trainer(options).Run(new QuadraticLearner(), new Generator(1));
        var whole = System.IO.File.ReadAllBytes(File);
        System.IO.File.WriteAllBytes(File, damage switch
        {
            "empty" => [],
            "text" => "no checkpoint"u8.ToArray(),
            "cut" => whole[..^1],
            "longer" => [.. whole, 0],
            _ => [.. whole[..50], (byte)(whole[50] ^ 4), .. whole[51..]],
        });
        var learner = new QuadraticLearner();

        var error = Assert.Throws<DataFileException>(() => new Trainer(options).Run(learner, new Generator(1)));

        Assert.StartsWith($"{File}: {problem}", error.Message, StringComparison.Ordinal);
        Assert.Equal([0f, 0], learner.Place);
    }

    [Fact]
    public void A_checkpoint_of_another_run_or_model_is_an_error_and_stays()
    {
        using var scope = NewDisposeScope();
        var options = new TrainingOptions { Steps = 10, ReportEvery = 5, Checkpoint = File };
        new Trainer(options).Run(new QuadraticLearner(), new Generator(1));
        var whole = System.IO.File.ReadAllBytes(File);

        var longer = Assert.Throws<DataFileException>(() => new Trainer(options with { Steps = 20 }).Run(new QuadraticLearner(), new Generator(1)));
        var other = Assert.Throws<DataFileException>(() => new Trainer(options).Run(new OtherLearner(), new Generator(1)));

        Assert.Contains("it is of another run: 10 steps", longer.Message, StringComparison.Ordinal);
        Assert.Contains("it is of another model", other.Message, StringComparison.Ordinal);
        Assert.Equal(whole, System.IO.File.ReadAllBytes(File));
    }

    [Fact]
    public void What_a_killed_process_left_beside_a_checkpoint_does_not_matter()
    {
        using var scope = NewDisposeScope();
        var options = new TrainingOptions { Steps = 10, ReportEvery = 5, Checkpoint = File };
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllBytes($"{File}.tmp", new byte[100_000]);

        new Trainer(options).Run(new QuadraticLearner(), new Generator(1));
        var again = new QuadraticLearner();
        new Trainer(options).Run(again, new Generator(1));

        Assert.Equal(0, again.Steps);
        Assert.False(Path.Exists($"{File}.tmp"));
    }

    private void BreakOff(TrainingOptions options, int points, Func<int, double>? validation = null)
    {
        using var cancellation = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => new Trainer(options with { Checkpoint = File, CheckpointEvery = 1 }).Run(
            new QuadraticLearner { Validation = validation }, new Generator(1), history => { if (history.Points.Count == points) cancellation.Cancel(); }, cancellation.Token));
    }

    private sealed class OtherLearner : nn.Module, ILearner
    {
        private readonly TorchSharp.Modules.Linear layer = nn.Linear(2, 2);

        public OtherLearner() : base(nameof(OtherLearner)) => RegisterComponents();

        public IReadOnlyList<nn.Module> Modules => [this];

        public TrainingStep Step(TrainingMoment moment) => new(layer.weight!.sum(), new Dictionary<string, Tensor>(StringComparer.Ordinal));
    }
}
