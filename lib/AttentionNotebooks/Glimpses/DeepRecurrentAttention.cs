namespace AttentionNotebooks;

/// <summary>
/// DRAM, the deep recurrent attention model (Ba et al. 2015, §2): two recurrent layers, the lower one tells classes, the upper one where to look,
/// and a context network gives the upper one a first idea of the whole image. It tells several objects, one after the other.
/// </summary>
/// <remarks>The context reaches the upper layer alone, so that classes are told from glimpses and not from the coarse image (§2, “context network”).</remarks>
public sealed class DeepRecurrentAttention : GlimpseModel
{
    private readonly torch.nn.Module<Tensor, Tensor> context;
    private readonly LSTMCell lower;
    private readonly LSTMCell upper;
    private readonly long hidden;

    /// <summary>Makes the model.</summary>
    /// <param name="retina">What a glimpse shows.</param>
    /// <param name="see">What is made of it.</param>
    /// <param name="context">From images [B, C, H, W] to [B, <paramref name="hidden"/>], a coarse look at the whole (<see cref="Coarse"/>).</param>
    /// <param name="policy">Where to look next, by a state of <paramref name="hidden"/> features.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="objects">O ≥ 1, how many objects there are to tell.</param>
    /// <param name="glimpses">S ≥ 1, how many glimpses each takes.</param>
    /// <param name="hidden">The features of each layer.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public DeepRecurrentAttention(Retina retina, GlimpseNetwork see, torch.nn.Module<Tensor, Tensor> context, GlancePolicy policy, long classes = 10, int objects = 2, int glimpses = 3, long hidden = 256)
        : base(nameof(DeepRecurrentAttention), retina, see, policy, classes, hidden, objects, glimpses)
    {
        ArgumentNullException.ThrowIfNull(context);
        this.context = context;
        this.hidden = hidden;
        lower = torch.nn.LSTMCell(see.Features, hidden);
        upper = torch.nn.LSTMCell(hidden, hidden);
        RegisterComponents();
    }

    /// <summary>A context network: the image averaged down to 8×8, and one layer over that.</summary>
    /// <param name="channels">C, the channels of the images.</param>
    /// <param name="hidden">The features of each recurrent layer.</param>
    public static torch.nn.Module<Tensor, Tensor> Coarse(long channels = 1, long hidden = 256) =>
        torch.nn.Sequential(torch.nn.AdaptiveAvgPool2d(8), torch.nn.Flatten(), torch.nn.Linear(64 * channels, hidden), torch.nn.Tanh());

    private protected override Tensor[] Begin(Tensor images)
    {
        var coarse = context.call(images);
        Shape.Require(coarse, nameof(coarse), images.shape[0], hidden);
        var nothing = coarse.new_zeros(images.shape[0], hidden);
        return [nothing, nothing, coarse, nothing];
    }

    // The first location is the policy's, too   Ba 2015, §2
    private protected override Glance First(Tensor images, Tensor[] state, Generator? generator) => Policy.Draw(Decided(state), generator);

    private protected override Tensor? Known(Tensor[] state) => Decided(state).detach();

    // r⁽¹⁾ = LSTM(g, r⁽¹⁾),  r⁽²⁾ = LSTM(r⁽¹⁾, r⁽²⁾)   Ba 2015, §2
    private protected override Tensor[] Remember(Tensor[] state, Tensor glimpse)
    {
        var (below, belowCell) = lower.call(glimpse, (state[0], state[1]));
        var (above, aboveCell) = upper.call(below, (state[2], state[3]));
        return [below, belowCell, above, aboveCell];
    }

    private protected override Tensor Told(Tensor[] state) => state[0];

    private protected override Tensor Decided(Tensor[] state) => state[2];
}
