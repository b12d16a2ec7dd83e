namespace AttentionNotebooks;

/// <summary>Pictures of Sort-of-CLEVR scenes, each with its Q questions: the picture is looked at once for all of them.</summary>
/// <param name="Images">[B, 3, 75, 75] float32 in 0..1: what is missing from white, so that the background is 0.</param>
/// <param name="Questions">[B, Q, 11] float32, the codes.</param>
/// <param name="Answers">[B, Q] int64.</param>
/// <param name="Asked">[B, Q, 4] float32, the box of the object that the question is about: left, top, right, bottom, in pixels.</param>
/// <param name="Decisive">[B, Q, 4] float32, the box of the object that has the shape asked for; empty where no single object decides.</param>
public sealed record ClevrBatch(Tensor Images, Tensor Questions, Tensor Answers, Tensor Asked, Tensor Decisive)
{
    /// <summary>The batch on a device: itself if it is there.</summary>
    /// <param name="device">Where its model is.</param>
    public ClevrBatch To(torch.Device device) => Images.device_type == device.type ? this : new(Images.On(device), Questions.On(device), Answers.On(device), Asked.On(device), Decisive.On(device));
}
