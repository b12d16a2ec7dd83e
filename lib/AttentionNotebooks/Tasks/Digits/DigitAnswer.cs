namespace AttentionNotebooks;

/// <summary>What a model of any kind makes of a batch of canvases, in the terms that all are compared by.</summary>
/// <param name="Probabilities">[B, O, classes], of each object's class.</param>
internal sealed record DigitAnswer(Tensor Probabilities)
{
    /// <summary>[B, O], whether it looked at the object in the end; null where that is not known.</summary>
    public Tensor? Pointing { get; init; }

    /// <summary>[B, O], the share of an object's glimpses that fell on it; null where there are none.</summary>
    public Tensor? Glimpses { get; init; }

    /// <summary>The mean of several answers to the same canvases: probabilities are averaged, not votes.</summary>
    public static DigitAnswer Mean(IReadOnlyList<DigitAnswer> answers) => new(Mean(answers.Select(answer => answer.Probabilities))!)
    {
        Pointing = Mean(answers.Select(answer => answer.Pointing)),
        Glimpses = Mean(answers.Select(answer => answer.Glimpses)),
    };

    private static Tensor? Mean(IEnumerable<Tensor?> each) => each.Any(tensor => tensor is null) ? null : torch.stack([.. each.Select(tensor => tensor!)]).mean([0L]);
}
