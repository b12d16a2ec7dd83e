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
        foreach (var spelt in Spell(set, [.. Enumerable.Range(0, set.Count)], generator)) scores.Add(spelt);
        return scores;
    }

    /// <summary>Spells some strings of a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="strings">Which.</param>
    /// <param name="generator">Where a random read draws from.</param>
    public IEnumerable<SpeltString> Spell(DigitStringSet set, IReadOnlyList<int> strings, Generator? generator)
    {
        foreach (var chunk in strings.Chunk(AtOnce))
        {
            foreach (var spelt in Together(set, chunk, generator)) yield return spelt;
        }
    }

    private SpeltString[] Together(DigitStringSet set, int[] strings, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var heard = transcriber.Hear(set.Features.Batch(torch.tensor(strings.Select(index => (long)index).ToArray())).To(transcriber.Device()));
        var transcript = transcriber.Transcribe(heard, set.Digits.Max(digits => digits.Length) + Surplus, generator);
        var lengths = heard.Mask.sum(1).cpu().data<long>().ToArray();
        return [.. strings.Select((index, i) => One(set, index, transcript.Symbols[i], transcript.Attended[i].narrow(1, 0, lengths[i])))];
    }

    private SpeltString One(DigitStringSet set, int index, Tensor symbols, Tensor attended)
    {
        var spelt = symbols.cpu().data<long>().ToArray().TakeWhile(symbol => symbol != DigitStringSet.End).Select(symbol => (byte)symbol).ToArray();
        var locations = (int)attended.shape[1];
        // The end has a row too, where there was room for it.
        var weights = new float[Math.Min(spelt.Length + 1, attended.shape[0]), locations];
        Buffer.BlockCopy(attended.cpu().contiguous().data<float>().ToArray(), 0, weights, 0, weights.Length * sizeof(float));
        var places = set.Spans[index].Select(span => (FirstFrom(span.Start, locations), FirstFrom(span.End, locations)));
        return new SpeltString(set.Digits[index], spelt, weights, [.. places], (int)transcriber.Listener.Reduction);
    }

    // The first location whose middle is not before a sample.
    private int FirstFrom(int sample, int locations) => Enumerable.Range(0, locations).TakeWhile(location => Middle(location) < sample).Count();

    /// <summary>Where the middle of a location is, in samples.</summary>
    internal double Middle(long location) => frames.Middle(location * transcriber.Listener.Reduction);
}
