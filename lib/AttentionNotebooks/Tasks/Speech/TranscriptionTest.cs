namespace AttentionNotebooks;

/// <summary>Has a transcriber spell a set on its own, greedily, and scores it.</summary>
/// <param name="transcriber">The model.</param>
/// <param name="frames">How the set's features were computed.</param>
internal sealed class TranscriptionTest(Transcriber transcriber, LogMel frames)
{
    private const int AtOnce = 100;

    // A model that never ends is stopped here: it has been given room for as many digits again as it should need.
    private const int Surplus = 4;

    /// <summary>Spells all strings of a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public TranscriptionScores Of(DigitStringSet set, Generator? generator)
    {
        var scores = new TranscriptionScores();
        for (var from = 0; from < set.Count; from += AtOnce)
        {
            using var scope = torch.NewDisposeScope();
            Add(scores, set, from, Transcribe(set, torch.arange(from, Math.Min(set.Count, from + AtOnce), torch.int64), generator));
        }

        return scores;
    }

    /// <summary>Spells some strings of a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="indices">Which, [B] int64.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public Transcript Transcribe(DigitStringSet set, Tensor indices, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        return transcriber.Transcribe(transcriber.Hear(set.Features.Batch(indices).To(transcriber.Device())), set.Digits.Max(digits => digits.Length) + Surplus, generator).MoveToOuterDisposeScope();
    }

    private void Add(TranscriptionScores scores, DigitStringSet set, int from, Transcript transcript)
    {
        var (count, steps, locations) = ((int)transcript.Attended.shape[0], (int)transcript.Attended.shape[1], (int)transcript.Attended.shape[2]);
        var symbols = transcript.Symbols.cpu().contiguous().data<long>().ToArray();
        var attended = transcript.Attended.cpu().contiguous().data<float>().ToArray();
        for (var i = 0; i < count; i++)
        {
            var spelt = symbols.AsSpan(i * steps, steps).ToArray().TakeWhile(symbol => symbol != DigitStringSet.End).Select(symbol => (byte)symbol).ToArray();
            var rows = Enumerable.Range(0, spelt.Length).Select(step => attended[(((i * steps) + step) * locations)..(((i * steps) + step + 1) * locations)]).ToArray();
            var spans = set.Spans[from + i];
            scores.Add(set.Digits[from + i], spelt, rows, (digit, location) => Middle(location) >= spans[digit].Start && Middle(location) < spans[digit].End);
        }
    }

    /// <summary>Where the middle of a location is, in samples.</summary>
    internal double Middle(long location) => frames.Middle(location * transcriber.Listener.Reduction);
}
