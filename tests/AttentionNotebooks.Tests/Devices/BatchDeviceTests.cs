using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>A batch goes to the device of its model, whole.</summary>
public class BatchDeviceTests
{
    public static TheoryData<string> Batches => ["canvas", "caption", "clevr", "sentence", "speech"];

    [Theory]
    [MemberData(nameof(Batches))]
    public void All_of_a_batch_goes_and_where_it_is_it_stays(string kind)
    {
        using var scope = NewDisposeScope();
        var (here, there) = (Make(kind), Sent(kind, META));

        Assert.Same(here, Move(here, CPU));
        var tensors = there.GetType().GetProperties().Where(property => property.PropertyType == typeof(Tensor)).Select(property => (Tensor)property.GetValue(there)!).ToArray();
        Assert.True(tensors.Length >= 2);
        Assert.All(tensors, tensor => Assert.Equal(DeviceType.META, tensor.device_type));
    }

    // The batch of translations counts its words, which meta cannot; it has nothing but what it was made of.
    [Fact]
    public void A_batch_of_translations_stays_where_it_is()
    {
        using var batch = new TranslationBatch(ones(2, 3, int64), ones(2, int64), ones(2, 4, int64));
        Assert.Same(batch, batch.To(CPU));
    }

    private static object Sent(string kind, Device device) => Move(Make(kind), device);

    private static object Make(string kind) => kind switch
    {
        "canvas" => new CanvasBatch(zeros(2, 1, 4, 4), zeros(2, 1, int64), zeros(2, 1, 4)),
        "caption" => new CaptionBatch(zeros(2, 3, 4, 4), zeros(2, 3, int64), zeros(2, 3, 4), zeros(2, 3, @bool)),
        "clevr" => new ClevrBatch(zeros(2, 3, 4, 4), zeros(2, 2, 11), zeros(2, 2, int64), zeros(2, 2, 4), zeros(2, 2, 4)),
        "sentence" => new SentenceBatch(zeros(2, 3, int64), zeros(2, 3, @bool), zeros(2, int64), zeros(2, 3, @bool)),
        _ => new SpeechBatch(zeros(2, 3, 4), zeros(2, int64)),
    };

    private static object Move(object batch, Device device) => batch switch
    {
        CanvasBatch canvases => canvases.To(device),
        CaptionBatch captions => captions.To(device),
        ClevrBatch questions => questions.To(device),
        SentenceBatch sentences => sentences.To(device),
        _ => ((SpeechBatch)batch).To(device),
    };
}
