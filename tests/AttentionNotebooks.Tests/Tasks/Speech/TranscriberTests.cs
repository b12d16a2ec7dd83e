using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class TranscriberTests
{
    private const int Symbols = DigitStringSet.Symbols;

    public static TheoryData<string> Names => [.. All.Select(mechanism => mechanism.Name)];

    private static Mechanism[] All => [SpeechMechanisms.LocationAware, SpeechMechanisms.Monotonic, SpeechMechanisms.Chunkwise, .. Mechanisms.All];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_spells_in_shapes_never_attends_beyond_the_end_and_learns_everywhere(string name)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var transcriber = Make(All.First(each => each.Name == name), 1);
        var batch = ListenerTests.Batch([50, 80, 17], seed: 2);
        var targets = randint(0, Symbols, [3L, 4L], int64, generator: generator);

        var heard = transcriber.Hear(batch);
        var (logits, attended) = transcriber.Spell(heard, targets, generator);

        Assert.Equal([3, 4, Symbols], logits.shape);
        Assert.Equal(4, attended.Length);
        foreach (var step in attended)
        {
            Assert.Equal([3, 1, 10], step.Weights.shape);
            Assert.Equal(0, step.Weights.masked_fill(heard.Mask.unsqueeze(1), 0).abs().sum().ToDouble());
        }

        var outcome = new Outcome(logits.logsumexp(2).sum(1), attended);
        var loss = outcome.Losses.sum();
        if (outcome.LogProbability is not null) loss = loss + outcome.LogProbability.sum();
        loss.backward();
        foreach (var (parameterName, parameter) in transcriber.named_parameters())
        {
            if (!Matters(parameterName)) continue;
            Assert.True(parameter.grad is not null, parameterName);
            Assert.True(parameter.grad!.isfinite().all().ToBoolean() && parameter.grad.abs().sum().ToDouble() > 0, parameterName);
        }

        // A control has no keys to learn.
        bool Matters(string parameter) => !parameter.Contains("projectKey", StringComparison.Ordinal) || All.First(each => each.Name == name).Aims;
    }

    [Fact]
    public void Spelling_on_its_own_is_spelling_after_what_it_spelt()
    {
        using var scope = NewDisposeScope();
        using var transcriber = Make(SpeechMechanisms.LocationAware, 3);
        var heard = transcriber.Hear(ListenerTests.Batch([60, 33], seed: 4));

        var transcript = transcriber.Transcribe(heard, 6, null);
        var (logits, attended) = transcriber.Spell(heard, transcript.Symbols, null);

        Assert.True(logits.argmax(2).Equals(transcript.Symbols));
        Assert.True(cat([.. attended.Select(step => step.Weights)], 1).allclose(transcript.Attended, 1e-5, 1e-6));
        Assert.InRange(transcript.Symbols.shape[1], 1, 6);
    }

    [Fact]
    public void It_stops_where_all_have_ended()
    {
        using var scope = NewDisposeScope();
        using var transcriber = Make(Mechanisms.Soft, 3);
        using (no_grad())
        {
            var bias = transcriber.named_parameters().First(parameter => parameter.name == "speller.predict.bias").parameter;
            bias.select(0, DigitStringSet.End).fill_(100);
        }

        Assert.Equal([2, 1], transcriber.Transcribe(transcriber.Hear(ListenerTests.Batch([60, 33], seed: 4)), 6, null).Symbols.shape);
    }

    [Property(MaxTest = 25)]
    public Property Monotonic_attention_never_goes_back() => Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
    {
        using var scope = NewDisposeScope();
        // So loud that the process stops here and there.
        using var transcriber = Make(SpeechMechanisms.Monotonic, (ulong)seed, loud: true);
        transcriber.eval();
        var heard = transcriber.Hear(ListenerTests.Batch([240, 120, 40], (ulong)seed));

        var attended = transcriber.Attention.ReadAs(new MostLikely(), () => transcriber.Transcribe(heard, 12, null)).Attended;

        // One location, or none any more.
        var (sums, places) = (attended.sum(2), attended.argmax(2));
        var stopped = sums.eq(1);
        Assert.True(sums.eq(0).logical_or(stopped).all().ToBoolean());
        var next = attended.shape[1] - 1;
        var (before, after) = (stopped.narrow(1, 0, next), stopped.narrow(1, 1, next));
        Assert.False(after.logical_and(before.logical_not()).any().ToBoolean());
        return places.narrow(1, 1, next).lt(places.narrow(1, 0, next)).logical_and(after).any().ToBoolean() is false;
    });

    [Theory]
    [InlineData("soft")]
    [InlineData("hard, REINFORCE")]
    [InlineData("hybrid, MoChA")]
    public void The_same_seed_gives_the_same_and_it_leaves_no_tensor(string name)
    {
        using var scope = NewDisposeScope();
        var mechanism = All.First(each => each.Name == name);
        var batch = ListenerTests.Batch([60, 33], seed: 4);
        var targets = zeros([2, 3], int64);
        Tensor Logits()
        {
            using var generator = new Generator(9);
            using var transcriber = Make(mechanism, 5);
            return transcriber.Spell(transcriber.Hear(batch), targets, generator).Logits;
        }

        Assert.True(Logits().Equals(Logits()));
        using var own = new Generator(9);
        using var made = Make(mechanism, 5);
        var heard = made.Hear(batch);
        made.Spell(heard, targets, own);
        Assert.Equal(0, LiveTensors.LeftBy(() => made.Spell(heard, targets, own)));
        var recorded = 0L;
        Assert.Equal(LiveTensors.HandedOverBy(() => recorded = made.Spell(heard, targets, own).Attended.Sum(LiveTensors.Of)), 1 + recorded);
        Assert.Equal(2, LiveTensors.HandedOverBy(() => made.Transcribe(heard, 3, own)));
    }

    private static Transcriber Make(Mechanism mechanism, ulong seed, bool loud = false)
    {
        using var generator = new Generator(seed);
        var listener = new Listener(3, [new(6, 5, 4), new(8, 3, 2)], 8, generator);
        var attention = mechanism.Over(() => SpeechMechanisms.Score(mechanism, Speller.QueryFeatures, Speller.KeyFeatures, 8));
        var transcriber = new Transcriber(listener, new Speller(attention, 8, Symbols, generator));
        if (!loud) return transcriber;
        using var _ = no_grad();
        foreach (var (name, parameter) in transcriber.named_parameters())
        {
            if (name.Contains("attention", StringComparison.Ordinal)) parameter.normal_(0, 3, generator);
        }

        return transcriber;
    }
}
