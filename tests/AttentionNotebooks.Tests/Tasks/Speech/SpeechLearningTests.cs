namespace AttentionNotebooks;

/// <summary>Attention that aims hears what attention that does not cannot.</summary>
public class SpeechLearningTests
{
    private static readonly SpokenDigitData Voices = SpokenDigits.Synthesised(0, 3, 12, 4);

    [Fact]
    public void Aimed_attention_spells_strings_that_plain_averaging_cannot()
    {
        using var task = new SpeechStringsTask(new DigitStringData(Voices, 0, 400, 100, 20, new DigitStrings(1, 2)), new() { Steps = 100, BatchSize = 32, LearningRate = 5e-3, ReportEvery = 100 });

        var (aimed, control) = (Errors(task, "soft, location-aware"), Errors(task, "control, plain average"));

        Assert.True(aimed < control - 0.2, $"digit errors {aimed}, control {control}");
    }

    private static double Errors(SpeechStringsTask task, string contender)
    {
        using var run = AttentionTask.Train(task[contender], 0);
        return AttentionTask.Test(run)[0].Metrics[SpeechStringsTask.DigitErrors.Name];
    }
}
