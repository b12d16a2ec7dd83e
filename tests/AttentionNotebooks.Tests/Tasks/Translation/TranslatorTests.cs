using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class TranslatorTests
{
    private static readonly TranslatorSize Size = new(4, 6);

    private static readonly SentencePairs Pairs = new("letters", "x", "y", [new("a b c d e", "d e"), new("c", "a b c d"), new("b a", "c"), new("e e d", "b a a")], "this test");

    public enum Form
    {
        Luong,
        Bahdanau,
        WithoutLooking,
    }

    [Theory]
    [InlineData(Form.Luong)]
    [InlineData(Form.Bahdanau)]
    [InlineData(Form.WithoutLooking)]
    public void A_sentence_is_translated_the_same_alone_and_among_longer_ones(Form form)
    {
        using var scope = NewDisposeScope();
        var (pairs, translator) = (Numbered(), New(form));
        var batch = pairs.Batch([0, 1, 2, 3]);
        var (together, found) = (Losses(translator, batch), translator.Translate(batch, new BeamSearch(3, 6), null));

        for (var i = 0; i < 4; i++)
        {
            var alone = pairs.Batch([i]);
            var words = alone.WordCount;
            Assert.True(Losses(translator, alone)[0].allclose(together[i].narrow(0, 0, words)));
            Assert.Equal(0, together[i].narrow(0, words, together.shape[1] - words).abs().sum().ToDouble());
            var foundAlone = translator.Translate(alone, new BeamSearch(3, 6), null);
            Assert.Equal(foundAlone.ToNumbers()[0], found.ToNumbers()[i]);
            Assert.Equal(foundAlone.LogProbability[0].ToDouble(), found.LogProbability[i].ToDouble(), 10);
        }
    }

    [Theory]
    [InlineData(Form.Luong)]
    [InlineData(Form.Bahdanau)]
    public void Word_by_word_it_says_what_it_says_of_a_whole_translation(Form form)
    {
        using var scope = NewDisposeScope();
        var translator = New(form);
        var batch = Numbered().Batch([0, 1, 2, 3]);
        var annotations = translator.Annotate(batch);
        var (state, last, steps) = (annotations.Start, full([4], (long)Vocabulary.Start, int64), new List<Tensor>());
        foreach (var words in batch.Target.unbind(1))
        {
            var step = translator.Next(annotations, last, state, null);
            steps.Add(step.LogProbabilities.gather(1, words.unsqueeze(1)).neg());
            (state, last) = (step.State[0], words);
        }

        Assert.True(Losses(translator, batch).allclose(cat([.. steps], 1).masked_fill(batch.After, 0)));
    }

    [Fact]
    public void Free_running_is_teacher_forcing_where_the_translator_is_its_own_teacher()
    {
        using var scope = NewDisposeScope();
        var (pairs, translator) = (Numbered(), New(Form.Luong));
        using var generator = new Generator(1);
        // Of the numbers for no word it says the end only.
        using (no_grad()) translator.get_parameter("bias")!.index_fill_(0, tensor([0L, 1, 3]), -30);
        var own = pairs.Pairs.Pairs.Zip(new TranslationTest(translator, pairs, generator).Translate(1, _ => 6)).Select(pair => pair.First with { Target = string.Join(' ', pair.Second) }).ToArray();
        var (taught, true_) = (new TranslationTest(translator, Numbered(own), generator), new TranslationTest(translator, pairs, generator));

        Assert.Equal(taught.ForcedPerplexity(), taught.FreePerplexity(), 8);
        Assert.True(Math.Abs(true_.ForcedPerplexity() - true_.FreePerplexity()) > 1e-3);
    }

    [Theory]
    [InlineData(Form.Luong, true)]
    [InlineData(Form.Bahdanau, false)]
    public void Only_where_what_was_read_enters_the_state_a_choice_matters_to_later_words(Form form, bool independent)
    {
        using var scope = NewDisposeScope();
        var translator = New(form);
        var batch = Numbered().Batch([0]);
        Tensor LossesAt(params long[] choice)
        {
            var write = translator.Prepare(translator.Annotate(batch), batch);
            // Bahdanau's decoder attends step by step: one choice for each call.
            var next = 0;
            return form == Form.Luong
                ? translator.Attention.ReadAs(new Chosen(tensor(choice, [1, 3, 1])), () => Each(translator, write(null), batch))
                : translator.Attention.ReadAs(new InOrder(() => choice[next++]), () => Each(translator, write(null), batch));
        }

        var (first, other) = (LossesAt(0, 1, 2), LossesAt(3, 1, 2));

        Assert.NotEqual(first[0, 0].ToDouble(), other[0, 0].ToDouble());
        Assert.Equal(independent, first[0, 2].ToDouble().Equals(other[0, 2].ToDouble()));
        Assert.Equal(independent, translator.Prepare(translator.Annotate(batch), batch)(null).StepsAreIndependent);
    }

    [Fact]
    public void The_marginal_of_each_step_makes_that_of_all_steps_together()
    {
        using var scope = NewDisposeScope();
        var translator = New(Form.Luong, new Sampled());
        var batch = Numbered().Batch([1, 2]); // 2 and 3 words to look at, up to 5 steps
        var write = translator.Prepare(translator.Annotate(batch), batch);
        Outcome Run(Read? read, bool together) => translator.Attention.ReadAs(read, () =>
        {
            var written = write(null);
            var outcome = written.Judge(Each(translator, written, batch), batch.After, translator.Vectors(batch.Target));
            return together ? outcome with { Losses = outcome.Losses.sum([1]), Features = null } : outcome;
        });

        var stepByStep = new ExactMarginal().Surrogate(read => Run(read, together: false));
        var allTogether = new ExactMarginal().Surrogate(read => Run(read, together: true)); // 3⁵ runs

        Assert.Equal(allTogether.ToDouble(), stepByStep.ToDouble(), 10);
        // The loss of the mean context is another one, and never below by chance alone.
        Assert.NotEqual(Losses(New(Form.Luong), batch).sum().ToDouble() / 2, stepByStep.ToDouble(), 6);
    }

    [Fact]
    public void What_an_inference_network_says_bounds_the_marginal_and_is_the_same_among_longer_sentences()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        var (pairs, translator) = (Numbered(), New(Form.Luong, new Sampled()));
        var inference = Draw.Weights(new InferenceNetwork(Size, generator), 8);
        Outcome Run(TranslationBatch batch, Read? read, InferenceNetwork? by) => translator.Attention.ReadAs(read, () =>
        {
            var written = translator.Prepare(translator.Annotate(batch), batch, by)(null);
            return written.Judge(Each(translator, written, batch), batch.After, translator.Vectors(batch.Target));
        });
        double Bound(TranslationBatch batch) => new Variational(new ExactExpectation()).Surrogate(read => Run(batch, read, inference)).ToDouble();

        var all = pairs.Batch([0, 1, 2, 3]);

        // −log p(y) ≤ E_q[ℓ] + KL(q‖p)   Deng 2018, eq. 6
        Assert.True(Bound(all) > new ExactMarginal().Surrogate(read => Run(all, read, null)).ToDouble() + 1e-6);
        Assert.Equal(Enumerable.Range(0, 4).Average(i => Bound(pairs.Batch([i]))), Bound(all), 8);
        Assert.Throws<NotSupportedException>(() => New(Form.Bahdanau).Prepare(New(Form.Bahdanau).Annotate(all), all, inference));
    }

    [Fact]
    public void Without_looking_it_sees_one_place_whatever_the_sentence()
    {
        using var scope = NewDisposeScope();
        var batch = Numbered().Batch([0, 1]);

        Assert.Equal([2, 1, 6], New(Form.WithoutLooking).Annotate(batch).States.shape);
        Assert.Equal([2, 6, 6], New(Form.Luong).Annotate(batch).States.shape);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Translator(new LuongDecoder(new Attention(new DotScore(), new Softmax(), new Expected()), 4, 5), new TranslatorSize(4, 5), 9, 9, new Generator(0)));
    }

    [Fact]
    public void Features_are_missing_in_training_alone_and_the_others_are_longer_for_it()
    {
        using var scope = NewDisposeScope();
        var (translator, plain) = (New(Form.Luong, dropout: 0.25), New(Form.Luong));
        var words = full([20_000], 4L, int64);
        var (whole, noisy) = (plain.Vectors(words), translator.Vectors(words, new Generator(3)));
        var kept = noisy.ne(0);

        Assert.True(translator.Vectors(words).equal(whole).all().ToBoolean());
        Assert.True(noisy.allclose(whole * kept / 0.75));
        // A share of 80,000 draws: its standard error is 0.0015.
        Assert.InRange(kept.to(float64).mean().ToDouble(), 0.744, 0.756);
        // No word of a translation shares what is missing with the next.
        Assert.True(kept[0].ne(kept[1]).any().ToBoolean() || kept[1].ne(kept[2]).any().ToBoolean());
        Assert.True(noisy.equal(translator.Vectors(words, new Generator(3))).all().ToBoolean());
        Assert.Throws<ArgumentOutOfRangeException>(() => New(Form.Luong, dropout: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => New(Form.Luong, dropout: double.NaN));
    }

    [Fact]
    public void Sentences_and_translations_lose_features_while_one_trains()
    {
        using var scope = NewDisposeScope();
        var translator = New(Form.Luong, dropout: 0.5);
        var batch = Numbered().Batch([0, 1, 2, 3]);
        var own = zeros(batch.Target.shape, @bool);
        double Loss(Generator? reading, Generator? writing) =>
            translator.Follow(translator.Annotate(batch, reading), batch, own, null, writing).Losses.sum().ToDouble();
        var none = Loss(null, null);

        Assert.Equal(Losses(translator, batch).sum().ToDouble(), none, 10);
        Assert.NotEqual(none, Loss(new Generator(1), null));
        Assert.NotEqual(none, Loss(null, new Generator(1)));
        Assert.Equal(Loss(new Generator(1), new Generator(2)), Loss(new Generator(1), new Generator(2)));
    }

    private static Tensor Losses(Translator translator, TranslationBatch batch) => Each(translator, translator.Prepare(translator.Annotate(batch), batch)(null), batch);

    private static Tensor Each(Translator translator, Written written, TranslationBatch batch)
    {
        var each = nn.functional.cross_entropy(translator.Logits(written, batch), batch.Target.flatten().index_select(0, batch.Places), reduction: nn.Reduction.None);
        return each.new_zeros(batch.Target.numel()).scatter(0, batch.Places, each).reshape(batch.Target.shape);
    }

    private static NumberedPairs Numbered(IReadOnlyList<SentencePair>? pairs = null)
    {
        var vocabulary = Vocabulary.Of([["a", "b", "c", "d", "e"]]);
        return new(pairs is null ? Pairs : Pairs with { Pairs = pairs }, sentence => sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries), vocabulary, vocabulary);
    }

    private static Translator New(Form form, Read? read = null, double dropout = 0)
    {
        var attention = new Attention(new DotScore(), new Softmax(), read ?? new Expected());
        Decoder decoder = form == Form.Bahdanau ? new BahdanauDecoder(attention, 4, 6) : new LuongDecoder(attention, 4, 6);
        using var generator = new Generator(0);
        return Draw.Weights(new Translator(decoder, Size with { Dropout = dropout }, 9, 9, generator, form != Form.WithoutLooking), 7);
    }

    private sealed class InOrder(Func<long> next) : Read
    {
        public override AttentionResult Take(Locations locations, Values values, Generator? generator) => new Chosen(tensor([next()], [1, 1, 1])).Take(locations, values, generator);
    }
}
