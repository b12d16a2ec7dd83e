using static TorchSharp.torch;

namespace AttentionNotebooks;

internal static class Located
{
    /// <summary>What a distribution over single locations gives, at the first step.</summary>
    public static Categorical Locate(this Distribution distribution, Tensor scores, Tensor? mask = null) => (Categorical)distribution.call(scores, mask);
}
