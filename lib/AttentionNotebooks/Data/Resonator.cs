namespace AttentionNotebooks;

/// <summary>A filter that lets one frequency through: two poles near the unit circle, zeros at ±1, gain 1 at its peak.</summary>
internal sealed class Resonator
{
    private double cosine;
    private double radius;
    private double input1;
    private double input2;
    private double output1;
    private double output2;

    /// <summary>Moves the peak, keeping what rings.</summary>
    /// <param name="frequency">Where it is, in hertz; kept below half the sample rate.</param>
    /// <param name="width">How wide it is, in hertz.</param>
    /// <param name="sampleRate">Samples a second.</param>
    public void Tune(double frequency, double width, int sampleRate)
    {
        cosine = CosineOfHalfTurns(Math.Min(2 * frequency / sampleRate, 0.96));
        // e^(-π width/rate) to second order
        var decay = Math.PI * width / sampleRate;
        radius = 1 - decay + (decay * decay / 2);
    }

    /// <summary>One sample further.</summary>
    // y[n] = (1 - r²)/2 · (x[n] - x[n-2]) + 2r cos θ · y[n-1] - r² y[n-2]
    public double Next(double input)
    {
        var square = radius * radius;
        var output = ((1 - square) / 2 * (input - input2)) + (2 * radius * cosine * output1) - (square * output2);
        (input2, input1) = (input1, input);
        (output2, output1) = (output1, output);
        return output;
    }

    /// <summary>cos(πx) for x from 0 to 1, to nine digits, with + - × alone: the platforms' cosines differ in their last bits.</summary>
    internal static double CosineOfHalfTurns(double x)
    {
        var angle = Math.PI * x / 2;
        var square = angle * angle;
        // cos a = 1 - a²/2! + a⁴/4! - …, up to a¹⁴; then cos 2a = 2 cos² a - 1
        var half = 1 - (square / 2 * (1 - (square / 12 * (1 - (square / 30 * (1 - (square / 56 * (1 - (square / 90 * (1 - (square / 132 * (1 - (square / 182)))))))))))));
        return (2 * half * half) - 1;
    }
}
