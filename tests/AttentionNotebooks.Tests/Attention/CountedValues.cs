using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Values that keep a record of what was asked of them.</summary>
internal sealed class CountedValues
{
    private readonly Tensor values;

    /// <summary>Serves a tensor [B, N, D] lazily.</summary>
    public CountedValues(Tensor values)
    {
        this.values = values;
        Lazy = Values.Lazy(
            () =>
            {
                CallsOfAll++;
                return this.values.alias();
            },
            locations =>
            {
                Asked.Add(locations.data<long>().ToArray());
                return Values.FromTensor(this.values).At(locations);
            });
    }

    public Values Lazy { get; }

    public int CallsOfAll { get; private set; }

    public List<long[]> Asked { get; } = [];
}
