namespace AttentionNotebooks;

/// <summary>
/// Finds a likely sequence for each example of a batch by keeping the K best beginnings at every step. As soon as one of them ends it leaves the beam, which
/// goes on with the others, and of those that left the best is kept (Sutskever et al. 2014, §3.2; Bahdanau et al. 2015, §2). With K = 1 it is greedy search.
/// </summary>
/// <remarks>
/// It knows no model, only a step from the last tokens and a state to log-probabilities and the next state. All beginnings of all examples are rows of one batch:
/// K rows for an example, one below the other. At the last step nothing but the end may follow, so every sequence ends and its probability says so.
/// An example is done when nothing in its beam can still become better than what was found. The search has no gradient.
/// </remarks>
public sealed class BeamSearch
{
    private readonly int longest;
    private readonly LengthPenalty penalty;
    private readonly int start;
    private readonly int end;

    /// <summary>Makes a search.</summary>
    /// <param name="width">K ≥ 1, how many beginnings are kept.</param>
    /// <param name="longest">How many tokens a sequence has at most, the end included.</param>
    /// <param name="penalty">What sequences of different length are compared by; null for their mean log-probability.</param>
    /// <param name="start">The token before the first.</param>
    /// <param name="end">The token after the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or a token is negative.</exception>
    public BeamSearch(int width, int longest, LengthPenalty? penalty = null, int start = Vocabulary.Start, int end = Vocabulary.End)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(end);
        Width = width;
        this.longest = longest;
        this.penalty = penalty ?? LengthPenalty.Mean;
        this.start = start;
        this.end = end;
    }

    /// <summary>K, how many beginnings are kept for each example.</summary>
    public int Width { get; }

    /// <summary>The search that takes the likeliest token at every step.</summary>
    /// <param name="longest">How many tokens a sequence has at most, the end included.</param>
    public static BeamSearch Greedy(int longest) => new(1, longest);

    /// <summary>What belongs to an example, for each row of its beam: for tensors that a step needs and never changes, such as keys and values.</summary>
    /// <param name="examples">[B, …].</param>
    /// <returns>[B·K, …], the caller's.</returns>
    public Tensor Widen(Tensor examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        return Width == 1 ? examples.alias() : examples.repeat_interleave(Width, 0);
    }

    /// <summary>Searches.</summary>
    /// <param name="state">What the decoder starts from: at least one tensor, each [B, …]. They stay the caller's.</param>
    /// <param name="step">
    /// One step of the decoder: from the last tokens, int64 [B·K], and the state, each [B·K, …], to the log-probabilities of the next token.
    /// It is called within one dispose scope, and gives back fresh tensors.
    /// </param>
    /// <exception cref="ArgumentException">There is no state, or a shape does not fit; the message names the tensor.</exception>
    public Decoded Search(IReadOnlyList<Tensor> state, Func<Tensor, IReadOnlyList<Tensor>, DecoderStep> step)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(step);
        if (state.Count == 0) throw new ArgumentException("The state has no tensor, so nothing says how many examples there are.", nameof(state));
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var beam = Beam.Of(state, Width, start);
        Decoded? best = null;
        for (var length = 1; length <= longest; length++)
        {
            using var inner = torch.NewDisposeScope();
            var grown = beam.Grow(Checked(step(beam.Last, beam.State), beam, length));
            var ended = grown.Last.eq(end);
            var found = Better(best, grown.Best(ended, penalty.Of(length)));
            var living = grown.Without(ended);
            // The log-probability only falls, and the divisor only grows.
            var done = (found.Score >= living.Highest() / penalty.Of(longest)).all().ToBoolean();
            beam.Dispose();
            best?.Dispose();
            (beam, best) = (living.MoveToOuterDisposeScope(), found.MoveToOuterDisposeScope());
            if (done) break;
        }

        return best!.Trimmed().MoveToOuterDisposeScope();
    }

    private DecoderStep Checked(DecoderStep step, Beam beam, int length)
    {
        var rows = beam.Last.shape[0];
        Shape.Require(step.LogProbabilities, "log-probabilities", rows, "V");
        AttentionChecks.RequireNumbers(step.LogProbabilities, "log-probabilities");
        if (step.Attended is not null) Shape.Require(step.Attended, "attended", rows, "N");
        if (step.State.Count != beam.State.Count) throw new ArgumentException($"The step gives back a state of {step.State.Count} tensors, and was given {beam.State.Count}.", nameof(step));
        if (end >= step.LogProbabilities.shape[1]) throw new ArgumentException($"The end is token {end}, and the step knows {step.LogProbabilities.shape[1]} tokens.", nameof(step));
        return length < longest ? step : step with { LogProbabilities = OnlyTheEnd(step.LogProbabilities) };
    }

    private Tensor OnlyTheEnd(Tensor logProbabilities)
    {
        var only = torch.full_like(logProbabilities, double.NegativeInfinity);
        only.select(1, end).copy_(logProbabilities.select(1, end));
        return only;
    }

    private static Decoded Better(Decoded? old, Decoded found)
    {
        if (old is null) return found;
        var better = found.Score > old.Score;
        return new Decoded(
            torch.where(better.unsqueeze(1), found.Tokens, torch.nn.functional.pad(old.Tokens, [0, 1], value: Vocabulary.Padding)),
            torch.where(better, found.Lengths, old.Lengths),
            torch.where(better, found.LogProbability, old.LogProbability),
            torch.where(better, found.Score, old.Score))
        {
            Attended = found.Attended is null ? null : torch.where(better.reshape(-1, 1, 1), found.Attended, torch.nn.functional.pad(old.Attended!, [0, 0, 0, 1])),
        };
    }
}
