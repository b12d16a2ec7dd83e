namespace AttentionNotebooks;

/// <summary>RAM, the recurrent model of visual attention (Mnih et al. 2014, §3): h = ReLU(W [h; g]), one object, classes from the last state.</summary>
/// <remarks>The first glimpse goes to the image's centre, or anywhere with the same probability; it is no choice of the policy's, and has no log-probability.</remarks>
public sealed class RecurrentAttention : GlimpseModel
{
    private readonly bool centred;
    private readonly bool detached;
    private readonly Linear recur;

    /// <summary>Makes the model.</summary>
    /// <param name="retina">What a glimpse shows.</param>
    /// <param name="see">What is made of it.</param>
    /// <param name="policy">Where to look next, by a state of <paramref name="hidden"/> features.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="glimpses">T ≥ 1, how many glimpses an image takes.</param>
    /// <param name="hidden">H, the features of the state.</param>
    /// <param name="centred">Whether the first glimpse goes to the centre.</param>
    /// <param name="detached">
    /// Whether the policy gets the state without its gradient: an estimator of its gradient then teaches the policy alone, and the classes teach all else, as the paper has it (§3.2).
    /// Else the policy has a say in what is remembered, and the noise of its estimator too.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public RecurrentAttention(Retina retina, GlimpseNetwork see, GlancePolicy policy, long classes = 10, int glimpses = 6, long hidden = 256, bool centred = false, bool detached = false)
        : base(nameof(RecurrentAttention), retina, see, policy, classes, hidden, 1, glimpses)
    {
        (this.centred, this.detached) = (centred, detached);
        recur = torch.nn.Linear(hidden + see.Features, hidden);
        RegisterComponents();
    }

    /// <summary>Makes it begin with a state that stays as it is and has added to it what is seen: the recurrent weights become the identity (Le, Jaitly &amp; Hinton 2015, §3).</summary>
    /// <remarks>With weights drawn for ReLU, half of what it saw is gone after each further glimpse, and eight glimpses teach less than three.</remarks>
    public void BeginWithIdentity()
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        recur.weight.narrow(1, 0, recur.out_features).copy_(torch.eye(recur.out_features, dtype: recur.weight.dtype, device: recur.weight.device));
    }

    private protected override Tensor[] Begin(Tensor images) => [images.new_zeros(images.shape[0], recur.out_features)];

    private protected override Glance First(Tensor images, Tensor[] state, Generator? generator)
    {
        if (centred) return new Glance(images.new_zeros(images.shape[0], 2));
        ArgumentNullException.ThrowIfNull(generator);
        return new Glance(RandomNumbers.Uniform([images.shape[0], 2], images.dtype, images.device, generator) * 2 - 1);
    }

    private protected override Tensor? Known(Tensor[] state) => null;

    // h_t = Rect(Linear(h_{t−1}) + Linear(g_t))   Mnih 2014, §3.1
    private protected override Tensor[] Remember(Tensor[] state, Tensor glimpse) => [recur.call(torch.cat([state[0], glimpse], -1)).relu()];

    private protected override Tensor Told(Tensor[] state) => state[0];

    private protected override Tensor Decided(Tensor[] state) => detached ? state[0].detach() : state[0];
}
