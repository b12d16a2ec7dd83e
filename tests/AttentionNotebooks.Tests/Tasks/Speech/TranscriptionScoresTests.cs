using static TorchSharp.torch;

namespace AttentionNotebooks;

public class TranscriptionScoresTests
{
    [Fact]
    public void Errors_are_of_all_digits_and_of_strings_and_each_digit_is_looked_for_where_it_is_said()
    {
        var scores = new TranscriptionScores();
        // Two locations a digit.
        void Add(byte[] said, byte[] spelt, float[,] weights) => scores.Add(new SpeltString(said, spelt, weights, [.. said.Select((_, digit) => (2 * digit, (2 * digit) + 2))], 12));

        // Right, and read in the right place twice of three; of two equal places one is right. The end does not count.
        Add([1, 2, 3], [1, 2, 3], new[,] { { 0.1f, 0.9f, 0, 0, 0, 0 }, { 0.5f, 0, 0.5f, 0, 0, 0 }, { 0, 0, 0, 0, 0.3f, 0.2f }, { 0, 0, 0, 0, 0, 1 } });
        // 4 is left out, so that 5 stands for the second digit; 8 is read too early; 6 is invented, and read nowhere.
        Add([4, 5, 8], [5, 8, 6], new[,] { { 0, 0, 1f, 0, 0, 0 }, { 0, 0, 0, 1, 0, 0 }, { 0, 0, 0, 0, 0, 1 } });
        // Nothing was spelt, or attended to.
        Add([7], [], new float[0, 2]);
        Add([7], [7], new float[1, 2]);

        Assert.Equal(3.0 / 8, scores.DigitErrors, 12);
        Assert.Equal(0.5, scores.StringErrors);
        Assert.Equal((1 + 0.5 + 1 + 1) / 7, scores.Aligned, 12);
        Assert.Equal(double.NaN, new TranscriptionScores().Aligned);
    }

    [Fact]
    public void Locations_are_samples_by_the_hop_and_the_stride()
    {
        using var generator = new Generator(1);
        using var frames = new LogMel();
        using var listener = new Listener(32, [new(4, 9, 4), new(4, 5, 2)], 4, generator);
        using var speller = new Speller(new Attention(new UniformScore(), new Softmax(), new Expected()), 4, 11, generator);
        using var transcriber = new Transcriber(listener, speller);

        // 8 frames of 80 samples to a location; a frame's middle is 100 samples after its beginning.
        Assert.Equal([100.0, 740.0, 6500.0], new long[] { 0, 1, 10 }.Select(location => new TranscriptionTest(transcriber, frames).Middle(location)));
    }
}
