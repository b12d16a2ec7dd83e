using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace AttentionNotebooks;

/// <summary>Hard enough to need more than a linear classifier, and learnable by a small convolutional network.</summary>
public class DrawnDigitsLearningTests
{
    private const int Batch = 100;

    [Fact]
    public void A_linear_classifier_stays_below_95_percent_and_a_convolutional_network_passes_97()
    {
        const int seed = 0;
        var data = Digits.Drawn(seed, trainCount: 12_000, testCount: 2000);

        var linear = Accuracy(data, epochs: 20, rate: 3e-3, [zeros(10, 784), zeros(10)], Linear);
        var convolutional = Accuracy(data, epochs: 8, rate: 3e-3, ConvolutionalWeights(seed), Convolutional);

        Assert.True(linear is > 0.60 and < 0.95, $"linear {linear:P2}; seeds 0 to 9 gave 87.75 % to 89.80 %");
        Assert.True(convolutional is > 0.97, $"convolutional {convolutional:P2}; seeds 0 to 9 gave 97.60 % to 98.60 %");
        Assert.True(convolutional - linear > 0.05, $"ahead by {convolutional - linear:P2}; seeds 0 to 9 gave 8.20 % to 10.60 %");
    }

    private static Tensor Linear(Tensor images, Tensor[] weights) => linear(images.flatten(1), weights[0], weights[1]);

    private static Tensor[] ConvolutionalWeights(int seed)
    {
        using var random = new Generator((ulong)seed);
        // He initialisation: deviation √(2 / inputs).
        Tensor He(int inputs, params long[] shape) => randn(shape, generator: random) * Math.Sqrt(2.0 / inputs);
        return [He(25, 12, 1, 5, 5), zeros(12), He(12 * 9, 24, 12, 3, 3), zeros(24), He(24 * 36, 10, 24 * 36), zeros(10)];
    }

    private static Tensor Convolutional(Tensor images, Tensor[] weights)
    {
        var edges = relu(conv2d(images, weights[0], weights[1], strides: [2, 2], padding: [2, 2]));
        var shapes = relu(conv2d(edges, weights[2], weights[3], strides: [2, 2]));
        return linear(shapes.flatten(1), weights[4], weights[5]);
    }

    private static double Accuracy(DigitData data, int epochs, double rate, Tensor[] initial, Func<Tensor, Tensor[], Tensor> logits)
    {
        using var scope = NewDisposeScope();
        Parameter[] weights = [.. initial.Select(tensor => new Parameter(tensor))];
        using var optimizer = optim.Adam(weights, rate);
        var (images, labels) = (data.Train.ToImages(), data.Train.ToLabels());
        for (var step = 0; step < epochs * data.Train.Count / Batch; step++)
        {
            using var stepScope = NewDisposeScope();
            var from = step * Batch % data.Train.Count;
            optimizer.zero_grad();
            cross_entropy(logits(images.narrow(0, from, Batch), weights), labels.narrow(0, from, Batch)).backward();
            optimizer.step();
        }

        using var withoutGradients = no_grad();
        return logits(data.Test.ToImages(), weights).argmax(1).eq(data.Test.ToLabels()).to_type(float32).mean().ToDouble();
    }
}
