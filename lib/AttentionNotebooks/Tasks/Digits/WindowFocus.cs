namespace AttentionNotebooks;

/// <summary>What a reader of windows selects, whether it selects the right one, and whether it is told.</summary>
/// <param name="reader">The reader, of one object.</param>
/// <param name="canvases">What it looks at.</param>
internal sealed class WindowFocus(CanvasReader reader, CanvasBatch canvases)
{
    private const int BatchSize = 250;

    /// <summary>The share of the windows that goes into what is read: those with a weight where all are weighed, those chosen where some are.</summary>
    /// <param name="read">The evaluation mode.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public double Read(Read read, Generator generator) => Mean(batch =>
    {
        var attended = reader.ReadAs(batch.Images, read, generator).Attended;
        var count = attended.Choice is null ? Concentration.SupportSize(attended.Weights) : attended.Choice.ge(0).sum([-1L]);
        return count.to(torch.float64) / reader.Windows.Count;
    });

    /// <summary>How often it would be right if it read the window whose middle is nearest to that of the true box.</summary>
    public double AccuracyAtTruth() => Mean(batch => reader.ReadAs(batch.Images, new Chosen(Nearest(batch.Boxes!))).Logits.argmax(-1).eq(batch.Labels).to(torch.float64));

    /// <summary>‖g_d‖ / ‖g‖: how much of a step's gradient g reaches the parameters that decide where to look, and so the scores, which are their only way; between 0 and 1.</summary>
    /// <param name="learner">What trains the reader; nothing of it is changed.</param>
    /// <param name="generator">Where the step's randomness comes from.</param>
    public double GradientAtScores(CanvasLearner learner, Generator generator)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.enable_grad();
        var states = learner.Modules.SelectMany(module => module.state_dict().Values).Select(state => (State: state, Before: state.detach().clone())).ToArray();
        learner.Step(new TrainingMoment(1, 1, BatchSize, generator)).Loss.backward();
        var (deciding, telling) = (Squares(reader.Deciding), Squares(reader.Telling));
        foreach (var parameter in learner.Modules.SelectMany(module => module.parameters())) parameter.grad = null;
        using (torch.no_grad())
        {
            // A moving average has moved.
            foreach (var (state, before) in states) state.copy_(before);
        }

        return Math.Sqrt(deciding / (deciding + telling));
    }

    private static double Squares(IEnumerable<Parameter> parameters) => parameters.Sum(parameter => parameter.grad is null ? 0 : parameter.grad.square().sum().ToDouble());

    private double Mean(Func<CanvasBatch, Tensor> measure)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var sum = torch.zeros([], torch.float64);
        for (long start = 0; start < canvases.Count; start += BatchSize)
        {
            using var batchScope = torch.NewDisposeScope();
            sum.add_(measure(canvases.Slice(start, BatchSize).To(reader.Device())).sum().cpu());
        }

        return sum.ToDouble() / canvases.Count;
    }

    // [B, 1, 1]
    private Tensor Nearest(Tensor boxes)
    {
        static Tensor Middles(Tensor corners) => (corners.narrow(-1, 0, 2) + corners.narrow(-1, 2, 2)) / 2;
        var windows = Middles(reader.Windows.Boxes(boxes.device)).to(boxes.dtype);
        return (Middles(boxes) - windows.unsqueeze(0)).square().sum(-1).argmin(-1).reshape(-1, 1, 1);
    }
}
