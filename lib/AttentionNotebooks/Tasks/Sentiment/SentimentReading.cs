namespace AttentionNotebooks;

/// <summary>What a model makes of a batch of sentences.</summary>
/// <param name="Logits">[B, classes], before the softmax.</param>
/// <param name="Attended">What the attention recorded, with T = 1.</param>
public sealed record SentimentReading(Tensor Logits, AttentionResult Attended)
{
    /// <summary>Hands every tensor to the scope around the current one.</summary>
    /// <returns>The reading itself.</returns>
    public SentimentReading MoveToOuterDisposeScope()
    {
        Logits.MoveToOuterDisposeScope();
        Attended.MoveToOuterDisposeScope();
        return this;
    }
}
