using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public sealed class WindowFocusTests : IDisposable
{
    private static readonly DigitData Few = Digits.Drawn(seed: 1, trainCount: 300, testCount: 300);
    private static readonly TrainingOptions Short = new() { Steps = 2, BatchSize = 8, ReportEvery = 1 };

    private readonly WindowTask task = new(Few, 0, testCount: 60);

    public void Dispose() => task.Dispose();

    [Fact]
    public void A_gradient_reaches_the_scores_unless_a_hard_read_has_no_estimator()
    {
        double Gradient(string name) => Result(task[name]).Metrics["gradient behind the scores"];

        Assert.InRange(Gradient("softmax, additive score"), 0.01, 0.99);
        Assert.InRange(Gradient("hard, REINFORCE"), 0.01, 0.99);
        Assert.Equal(0, Gradient("control, no estimator"));
        Assert.Equal(0, Gradient("control, plain average"));
    }

    [Fact]
    public void A_soft_read_takes_all_windows_a_sparse_one_fewer_and_a_hard_one_takes_one()
    {
        double Read(string name) => Result(task[name]).Metrics["windows read, share"];

        Assert.Equal(1, Read("softmax, additive score"));
        Assert.InRange(Read("sparsemax"), 1 / 25.0, 24 / 25.0);
        Assert.Equal(1 / 25.0, Read("hard, leave-one-out"), 12);
    }

    [Fact]
    public void The_true_place_is_the_window_whose_middle_is_nearest_to_the_digit()
    {
        using var scope = NewDisposeScope();
        using var run = AttentionTask.Train(task["hard, REINFORCE"], 0, Short);
        var reader = WindowTask.Reader(run).Reader;
        var boxes = task.TestCanvases.Boxes!;
        var windows = reader.Windows;
        var nearest = Enumerable.Range(0, 60).Select(b =>
        {
            double Distance(int n) => Math.Pow(windows[n].Left + windows[n].Right - (boxes[b, 0, 0] + boxes[b, 0, 2]).ToDouble(), 2) + Math.Pow(windows[n].Top + windows[n].Bottom - (boxes[b, 0, 1] + boxes[b, 0, 3]).ToDouble(), 2);
            return (long)Enumerable.Range(0, windows.Count).MinBy(Distance);
        }).ToArray();

        using var _ = no_grad();
        var told = reader.ReadAs(task.TestCanvases.Images, new Chosen(tensor(nearest).reshape(-1, 1, 1))).Logits.argmax(-1);

        Assert.Equal(told.eq(task.TestCanvases.Labels).to(float64).mean().ToDouble(), new WindowFocus(reader, task.TestCanvases).AccuracyAtTruth(), 12);
    }

    [Fact]
    public void To_measure_changes_neither_the_reader_nor_what_trains_it()
    {
        using var scope = NewDisposeScope();
        using var run = AttentionTask.Train(task.With(Mechanisms.MovingAverage), 0, Short);
        var before = run.Model.Modules.SelectMany(module => module.state_dict().Values).Select(state => state.clone()).ToArray();

        AttentionTask.Test(run);

        Assert.All(before.Zip(run.Model.Modules.SelectMany(module => module.state_dict().Values)), pair => Assert.True(pair.First.Equals(pair.Second)));
        Assert.All(run.Model.Modules.SelectMany(module => module.parameters()), parameter => Assert.Null(parameter.grad));
    }

    private static TestResult Result(Contender contender)
    {
        using var run = AttentionTask.Train(contender, 0, Short);
        return AttentionTask.TestAsUsual(run);
    }
}
