using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class BeamSearchTests
{
    private const int Vocabulary = 4; // 0 and 3 are tokens like others; 1 starts, 2 ends
    private const int Longest = 4;

    // At most 3² beginnings of two tokens that do not end, each with one of four tokens more: those that end take part.
    private const int AllBeginnings = 36;

    private static readonly LengthPenalty[] Penalties = [LengthPenalty.None, LengthPenalty.Mean, LengthPenalty.Gnmt(), LengthPenalty.Gnmt(2)];

    [Property(MaxTest = 40)]
    public void As_wide_as_all_beginnings_it_finds_the_best_of_all_sequences(int seed, byte which)
    {
        using var scope = NewDisposeScope();
        var penalty = Penalties[which % Penalties.Length];
        var decoder = new RandomDecoder((ulong)(uint)seed, examples: 3);

        var found = new BeamSearch(AllBeginnings, Longest, penalty).Search(decoder.State, decoder.Step);

        for (var i = 0; i < 3; i++)
        {
            var best = decoder.Sequences(i).MaxBy(each => each.LogProbability / penalty.Of(each.Tokens.Length));
            Assert.Equal(best.Tokens, Sequence(found, i));
            Assert.Equal(best.LogProbability, found.LogProbability[i].ToDouble(), 10);
            Assert.Equal(best.LogProbability / penalty.Of(best.Tokens.Length), found.Score[i].ToDouble(), 10);
        }
    }

    [Property(MaxTest = 40)]
    public void One_wide_it_takes_the_likeliest_token_again_and_again(int seed)
    {
        using var scope = NewDisposeScope();
        var decoder = new RandomDecoder((ulong)(uint)seed, examples: 3);

        var found = BeamSearch.Greedy(Longest).Search(decoder.State, decoder.Step);

        for (var i = 0; i < 3; i++) Assert.Equal(decoder.Greedy(i), Sequence(found, i));
    }

    [Property(MaxTest = 40)]
    public void At_any_width_it_agrees_with_one_that_keeps_lists(int seed, byte width, byte which)
    {
        using var scope = NewDisposeScope();
        var (k, penalty) = (1 + width % 6, Penalties[which % Penalties.Length]);
        var decoder = new RandomDecoder((ulong)(uint)seed, examples: 2);

        var found = new BeamSearch(k, Longest, penalty).Search(decoder.State, decoder.Step);

        for (var i = 0; i < 2; i++)
        {
            var expected = decoder.BeamOfLists(i, k, penalty);
            Assert.Equal(expected.Tokens, Sequence(found, i));
            Assert.Equal(expected.LogProbability, found.LogProbability[i].ToDouble(), 10);
            // Never above the best of all sequences.
            Assert.True(found.Score[i].ToDouble() <= decoder.Sequences(i).Max(each => each.LogProbability / penalty.Of(each.Tokens.Length)) + 1e-10);
        }
    }

    [Fact]
    public void Where_greed_fails_two_beginnings_are_enough()
    {
        using var scope = NewDisposeScope();
        // First 0 with 0.6 or 3 with 0.4; after 0 the end has 0.5, after 3 it is certain.
        var step = (Tensor last, IReadOnlyList<Tensor> state) => new DecoderStep(
            cat([.. last.data<long>().ToArray().Select(token => tensor(token switch
            {
                1 => new[] { 0.6, 0, 0, 0.4 },
                0 => [0.25, 0, 0.5, 0.25],
                _ => [0, 0, 1.0, 0],
            }, [1, 4]))]).log(), state);

        var (greedy, wide) = (BeamSearch.Greedy(5).Search([zeros(1, 1)], step), new BeamSearch(2, 5, LengthPenalty.None).Search([zeros(1, 1)], step));

        Assert.Equal([0, 2], Sequence(greedy, 0));
        Assert.Equal([3, 2], Sequence(wide, 0));
        Assert.Equal(Math.Log(0.3), greedy.LogProbability[0].ToDouble(), 12);
        Assert.Equal(Math.Log(0.4), wide.LogProbability[0].ToDouble(), 12);
    }

    [Fact]
    public void Where_the_decoder_looked_stays_with_the_token_it_looked_for()
    {
        using var scope = NewDisposeScope();
        var decoder = new RandomDecoder(5, examples: 4);

        // It “looks” at the two numbers of its state before the token was taken: those of the very sequence that was found.
        var found = new BeamSearch(5, Longest, LengthPenalty.None).Search(decoder.State, (last, state) => decoder.Step(last, state) with { Attended = state[0].narrow(1, 0, 2) });

        for (var i = 0; i < 4; i++)
        {
            var tokens = Sequence(found, i);
            var expected = cat([.. Enumerable.Range(0, tokens.Length).Select(t => decoder.StateAfter(i, tokens[..t]).narrow(1, 0, 2))]);
            Assert.True(expected.allclose(found.Attended![i].narrow(0, 0, tokens.Length)));
            Assert.Equal(0, found.Attended[i].narrow(0, tokens.Length, found.Tokens.shape[1] - tokens.Length).abs().sum().ToDouble());
        }
    }

    [Fact]
    public void A_sequence_that_will_not_end_is_ended_and_pays_for_it()
    {
        using var scope = NewDisposeScope();
        var step = (Tensor last, IReadOnlyList<Tensor> state) => new DecoderStep(tensor([0.9, 0, 0.1, 0], [1, 4]).log(), state);

        var found = BeamSearch.Greedy(3).Search([zeros(1, 1)], step);

        Assert.Equal([0, 0, 2], Sequence(found, 0));
        Assert.Equal([0, 0], Assert.Single(found.ToNumbers()));
        Assert.Equal(Math.Log(0.9 * 0.9 * 0.1), found.LogProbability[0].ToDouble(), 12);
        Assert.Equal(Math.Log(0.9 * 0.9 * 0.1) / 3, found.Score[0].ToDouble(), 12);
    }

    [Fact]
    public void Nothing_lives_on_but_what_was_found()
    {
        Assert.Equal(0, LiveTensors.LeftBy(() =>
        {
            using var inner = NewDisposeScope();
            var decoder = new RandomDecoder(1, examples: 2);
            Assert.Equal(5, LiveTensors.HandedOverBy(() => new BeamSearch(3, Longest).Search(decoder.State, (last, state) => decoder.Step(last, state) with { Attended = state[0].alias() })));
            Assert.False(decoder.State[0].IsInvalid);
        }));
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        using var scope = NewDisposeScope();
        var search = new BeamSearch(2, 3);

        Assert.Contains("no tensor", Assert.Throws<ArgumentException>(() => search.Search([], (_, state) => new(zeros(2, 4), state))).Message, StringComparison.Ordinal);
        Assert.Contains("expected 3 rows", Assert.Throws<ArgumentException>(() => search.Search([zeros(3, 1), zeros(2, 1)], (_, state) => new(zeros(6, 4), state))).Message, StringComparison.Ordinal);
        Assert.StartsWith("log-probabilities has shape [3, 4], expected [6, V].", Assert.Throws<ArgumentException>(() => search.Search([zeros(3, 1)], (_, state) => new(zeros(3, 4), state))).Message, StringComparison.Ordinal);
        Assert.Contains("knows 2 tokens", Assert.Throws<ArgumentException>(() => search.Search([zeros(3, 1)], (_, state) => new(zeros(6, 2), state))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BeamSearch(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => LengthPenalty.Gnmt(-1));
    }

    [Fact]
    public void The_penalty_is_the_published_one()
    {
        // Wu 2016, eq. 14: 1 for a single token, and (5 + 7)^0.5 / 6^0.5 = √2 for seven.
        Assert.Equal((1, Math.Sqrt(2), 7, 1), (LengthPenalty.Gnmt(0.6).Of(1), LengthPenalty.Gnmt(0.5).Of(7), LengthPenalty.Mean.Of(7), LengthPenalty.None.Of(7)));
    }

    private static int[] Sequence(Decoded found, int i) =>
        [.. found.Tokens[i].data<long>().ToArray().Take((int)found.Lengths[i].ToInt64()).Select(token => (int)token)];

    /// <summary>A recurrent network of random weights, in float64, and what can be known of it one sequence at a time.</summary>
    private sealed class RandomDecoder(ulong seed, int examples)
    {
        private const int Hidden = 5;
        private readonly Tensor recurrent = Draw.Normal(seed, [Hidden, Hidden]);
        private readonly Tensor embedding = Draw.Normal(seed + 1, [Vocabulary, Hidden]);
        private readonly Tensor output = Draw.Normal(seed + 2, [Hidden, Vocabulary]);

        public IReadOnlyList<Tensor> State { get; } = [Draw.Normal(seed + 3, [examples, Hidden]), Draw.Normal(seed + 4, [examples, 2, Hidden])];

        public DecoderStep Step(Tensor last, IReadOnlyList<Tensor> state)
        {
            var next = (state[0].matmul(recurrent) + embedding.index_select(0, last) + state[1].sum([1])).tanh();
            return new DecoderStep(nn.functional.log_softmax(2 * next.matmul(output), -1), [next, state[1] * 0.5]);
        }

        public IEnumerable<(int[] Tokens, double LogProbability)> Sequences(int example) => Continuations(example, [], 0);

        public int[] Greedy(int example)
        {
            var tokens = new List<int>();
            while (tokens.Count < Longest - 1 && !tokens.Contains(2)) tokens.Add(Array.IndexOf(Next(example, [.. tokens]), Next(example, [.. tokens]).Max()));
            return tokens.Contains(2) ? [.. tokens] : [.. tokens, 2];
        }

        public (int[] Tokens, double LogProbability) BeamOfLists(int example, int width, LengthPenalty penalty)
        {
            var (beam, ended) = (new List<(int[] Tokens, double LogProbability)> { ([], 0) }, new List<(int[] Tokens, double LogProbability)>());
            for (var t = 1; t <= Longest; t++)
            {
                var longer = beam.SelectMany(one => Next(example, one.Tokens).Select((log, token) => (Tokens: (int[])[.. one.Tokens, token], LogProbability: one.LogProbability + log)));
                if (t == Longest) longer = longer.Where(one => one.Tokens[^1] == 2);
                var best = longer.OrderByDescending(one => one.LogProbability).Take(width).ToList();
                ended.AddRange(best.Where(one => one.Tokens[^1] == 2));
                beam = [.. best.Where(one => one.Tokens[^1] != 2)];
            }

            return ended.MaxBy(one => one.LogProbability / penalty.Of(one.Tokens.Length));
        }

        public Tensor StateAfter(int example, int[] tokens) => Run(example, tokens)[0];

        private IEnumerable<(int[] Tokens, double LogProbability)> Continuations(int example, int[] tokens, double logProbability)
        {
            var next = Next(example, tokens);
            yield return ([.. tokens, 2], logProbability + next[2]);
            if (tokens.Length == Longest - 1) yield break;
            foreach (var token in (int[])[0, 1, 3])
            {
                foreach (var longer in Continuations(example, [.. tokens, token], logProbability + next[token])) yield return longer;
            }
        }

        private IReadOnlyList<Tensor> Run(int example, int[] tokens)
        {
            IReadOnlyList<Tensor> state = [.. State.Select(part => part.narrow(0, example, 1))];
            foreach (var token in tokens.Prepend(1).Take(tokens.Length)) state = Step(tensor([(long)token]), state).State;
            return state;
        }

        private double[] Next(int example, int[] tokens) =>
            Step(tensor([(long)tokens.Prepend(1).Last()]), Run(example, tokens)).LogProbabilities.data<double>().ToArray();
    }
}
