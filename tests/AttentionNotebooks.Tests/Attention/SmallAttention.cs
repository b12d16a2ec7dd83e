using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Additive attention over a handful of numbers, with every read there is.</summary>
internal static class SmallAttention
{
    public const long B = 3, T = 2, N = 4, D = 5;

    public static TheoryData<Read> Reads => [new Expected(), new Sampled(), new MostLikely(), new TopK(2), new WithoutReplacement(2), new GumbelSoftmax(0.7), new StraightThrough(), new Mixed()];

    public static Attention Bahdanau(Read read) => new(new AdditiveScore(3, 2, 6), new Softmax(), read);

    public static (Tensor Query, Tensor Keys, Tensor Values) Inputs() =>
        (Draw.Normal(2, [B, T, 3], ScalarType.Float32), Draw.Normal(3, [B, N, 2], ScalarType.Float32), Draw.Normal(4, [B, N, D], ScalarType.Float32));

    public static Tensor LastRowEmpty() =>
        tensor(new[] { true, false, true, true, true, true, true, true, false, false, false, false }, [B, N]);
}
