using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Short training runs of a canvas reader on a few drawn digits.</summary>
internal static class CanvasTraining
{
    public static readonly DigitData Data = Digits.Drawn(seed: 3, trainCount: 1000, testCount: 1000);

    /// <summary>Trains on canvases without clutter, with everything from one seed; gives the history and the reader.</summary>
    public static (TrainingHistory History, CanvasReader Reader) Run(Score score, Read read, ulong seed, TrainingOptions options)
    {
        using var canvases = new DigitCanvas(Data.Train, clutter: 0);
        using var generator = new Generator(seed);
        var reader = new CanvasReader(new Attention(score, new Softmax(), read), generator);
        var estimator = new Reinforce(new LearnedBaseline(reader.OverviewFeatures));
        Initialization.Draw(estimator, generator);
        var history = new Trainer(options).Run(new CanvasLearner(reader, estimator, canvases), generator);
        return (history, reader);
    }

    public static Score Additive() => new AdditiveScore(CanvasReader.QueryFeatures, CanvasReader.KeyFeatures, 16);
}
