namespace AttentionNotebooks;

/// <summary>
/// Show, Attend and Tell (Xu et al. 2015): an encoder annotates the places of a picture, and an LSTM says one word after the other, each after a look.
/// The attention decides what a look is; nothing else in here knows whether it is soft or hard.
/// </summary>
/// <remarks>
/// What was read goes into the state, so every look matters to all later words: their losses belong together, and no sum over places is exact.
/// Values are what the keys are made of, so a hard read saves next to nothing here; what it saves with lazy values is shown by <see cref="CanvasReader"/>.
/// One thing differs from the paper: the query is h_{t−1} and the word before. The paper's h_{t−1} has not read that word yet; where a caption may begin with
/// any of several objects, it is that word which says of which one it speaks.
/// </remarks>
public sealed class Captioner : torch.nn.Module<Tensor, Tensor, Generator?, Captioning>
{
    /// <summary>Dk, the features of a key.</summary>
    public const int KeyFeatures = 32;

    /// <summary>Dq, the features of the query: the state and the word before.</summary>
    public const int QueryFeatures = HiddenFeatures + WordFeatures;

    private const int SeenFeatures = 54; // of what is there, beside where it is
    private const int HiddenFeatures = 96;
    private const int WordFeatures = 32;

    private readonly bool blind;
    private readonly SceneEncoder encoder;
    private readonly Linear key;
    private readonly Linear startHidden;
    private readonly Linear startCell;
    private readonly Embedding embed;
    private readonly Attention attention;
    private readonly ContextGate gate;
    private readonly LSTMCell remember;
    private readonly Linear fromHidden;
    private readonly Linear fromContext;
    private readonly Linear say;

    /// <summary>Makes a captioner, with weights drawn from the generator.</summary>
    /// <param name="attention">Where it looks, and how: any score of <see cref="QueryFeatures"/> and <see cref="KeyFeatures"/>, any distribution, any read.</param>
    /// <param name="words">V, how many words it knows, those for no word included.</param>
    /// <param name="side">S, a picture's side, in pixels.</param>
    /// <param name="generator">Where the initial weights come from.</param>
    /// <param name="blind">Whether it sees an empty picture in place of each.</param>
    public Captioner(Attention attention, long words, int side, Generator generator, bool blind = false) : base(nameof(Captioner))
    {
        ArgumentNullException.ThrowIfNull(attention);
        this.blind = blind;
        this.attention = attention;
        encoder = new SceneEncoder(side, SeenFeatures, generator);
        // Narrower than an annotation, and made once a picture: a score projects its keys anew for every word.
        key = torch.nn.Linear(encoder.Features, KeyFeatures);
        startHidden = torch.nn.Linear(encoder.Features, HiddenFeatures);
        startCell = torch.nn.Linear(encoder.Features, HiddenFeatures);
        embed = torch.nn.Embedding(words, WordFeatures);
        gate = new ContextGate(HiddenFeatures);
        remember = torch.nn.LSTMCell(WordFeatures + encoder.Features, HiddenFeatures);
        fromHidden = torch.nn.Linear(HiddenFeatures, WordFeatures);
        fromContext = torch.nn.Linear(encoder.Features, WordFeatures);
        say = torch.nn.Linear(WordFeatures, words);
        RegisterComponents();
        Draw(generator);
    }

    /// <summary>Where and how it looks.</summary>
    public Attention Attention => attention;

    /// <summary>The N places that it looks at.</summary>
    public WindowGrid Places => encoder.Places;

    /// <summary>Says the next word at every place of captions that are given, as training does (teacher forcing).</summary>
    /// <param name="pictures">[B, 3, S, S] float32 in 0..1.</param>
    /// <param name="captions">[B, T] int64, each with <see cref="Vocabulary.End"/> and then <see cref="Vocabulary.Padding"/>.</param>
    /// <param name="generator">Where a random read draws from.</param>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public override Captioning forward(Tensor pictures, Tensor captions, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(captions);
        Shape.Require(captions, nameof(captions), pictures.shape[0], "T");
        using var scope = torch.NewDisposeScope();
        return Follow(See(pictures), captions, generator).MoveToOuterDisposeScope();
    }

    /// <summary>The same of pictures that it has seen already.</summary>
    /// <param name="seen">What it has seen of B pictures.</param>
    /// <param name="captions">[B, T] int64, each with <see cref="Vocabulary.End"/> and then <see cref="Vocabulary.Padding"/>.</param>
    /// <param name="generator">Where a random read draws from.</param>
    internal Captioning Follow(Seen seen, Tensor captions, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        var state = Begin(seen.Overview);
        var before = embed.call(torch.nn.functional.pad(captions.narrow(1, 0, captions.shape[1] - 1), [1, 0], value: Vocabulary.Start));
        var (looks, known, hidden, contexts) = (new List<AttentionResult>(), new List<Tensor>(), new List<Tensor>(), new List<Tensor>());
        foreach (var word in before.unbind(1))
        {
            var query = Query(state, word);
            (state, var look, var context) = Step(seen, word, query, state, generator);
            known.Add(query);
            looks.Add(look);
            hidden.Add(state.Hidden);
            contexts.Add(context);
        }

        var logits = Logits(before, torch.stack([.. hidden], 1), torch.stack([.. contexts], 1));
        return new Captioning(logits, looks, torch.stack([.. known], 1).detach()).MoveToOuterDisposeScope();
    }

    /// <summary>Says what it sees.</summary>
    /// <param name="pictures">[B, 3, S, S] float32 in 0..1.</param>
    /// <param name="search">How it looks for a likely caption.</param>
    /// <param name="generator">Where a random read draws from.</param>
    /// <returns>The captions, and what each word looked at; the caller's.</returns>
    public Decoded Say(Tensor pictures, BeamSearch search, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(search);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var seen = See(pictures);
        var (start, wide) = (Begin(seen.Overview), seen.Map(search.Widen));
        return search.Search([start.Hidden, start.Cell], (last, state) =>
        {
            var word = embed.call(last);
            var before = new DecoderState(state[0], state[1]);
            var (next, look, context) = Step(wide, word, Query(before, word), before, generator);
            return new DecoderStep(torch.nn.functional.log_softmax(Logits(word, next.Hidden, context), -1), [next.Hidden, next.Cell]) { Attended = Captioning.LookedAt(look).squeeze(1) };
        }).MoveToOuterDisposeScope();
    }

    /// <summary>Annotates the places of pictures; the tensors belong to the current scope.</summary>
    /// <param name="pictures">[B, 3, S, S] float32 in 0..1.</param>
    internal Seen See(Tensor pictures)
    {
        var annotations = encoder.call(blind ? torch.zeros_like(pictures) : pictures);
        return new Seen(annotations, key.call(annotations), annotations.mean([1]));
    }

    // c_0 = f_init,c(mean a), h_0 = f_init,h(mean a)   Xu 2015, §3.1.2
    private DecoderState Begin(Tensor overview) => new(startHidden.call(overview).tanh(), startCell.call(overview).tanh());

    private static Tensor Query(DecoderState before, Tensor word) => torch.cat([before.Hidden, word], -1);

    private (DecoderState State, AttentionResult Look, Tensor Context) Step(Seen seen, Tensor word, Tensor query, DecoderState before, Generator? generator)
    {
        using var scope = torch.NewDisposeScope();
        var look = attention.forward(query.unsqueeze(1), seen.Keys, seen.Values, generator: generator);
        var context = gate.call(before.Hidden.unsqueeze(1), look.Context).squeeze(1);
        // (i, f, o, g) = T(E y_{t−1}, h_{t−1}, ẑ_t)   Xu 2015, eq. 1
        var (hidden, cell) = remember.call(torch.cat([word, context], -1), (before.Hidden, before.Cell));
        return (new(hidden.MoveToOuterDisposeScope(), cell.MoveToOuterDisposeScope()), look.MoveToOuterDisposeScope(), context.MoveToOuterDisposeScope());
    }

    // p(y_t) ∝ exp(L_o (E y_{t−1} + L_h h_t + L_z ẑ_t))   Xu 2015, eq. 7
    private Tensor Logits(Tensor word, Tensor hidden, Tensor context) => say.call(word + fromHidden.call(hidden) + fromContext.call(context));

    private void Draw(Generator generator)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        foreach (var (_, layer) in named_children().Where(child => child.module != encoder)) Initialization.Draw(layer, generator);
        // A word is an input of its own, not a sum over all of them: variance 1, so that it counts beside the state in a query.
        embed.weight!.div_(embed.weight!.std());
        // A memory that keeps what it has until it learns to forget (Jozefowicz et al. 2015, §2.2).
        remember.bias_ih!.narrow(0, HiddenFeatures, HiddenFeatures).fill_(1);
    }

    /// <summary>What it has seen of pictures before it says anything.</summary>
    /// <param name="Values">a [B, N, D], what is to be read at each place.</param>
    /// <param name="Keys">[B, N, Dk], what places are found by, and nothing else.</param>
    /// <param name="Overview">[B, D], the mean of all places, from which the state begins.</param>
    internal sealed record Seen(Tensor Values, Tensor Keys, Tensor Overview)
    {
        public Seen Map(Func<Tensor, Tensor> change) => new(change(Values), change(Keys), change(Overview));
    }
}
