namespace AttentionNotebooks;

/// <summary>What a reader has of its canvases before it attends: it may attend to the same view several times, in several ways.</summary>
/// <param name="Keys">k [B, N, Dk], what each window offers to be found by.</param>
/// <param name="Values">v, what is read there; computed when it is read, unless the view was taken entirely.</param>
public sealed record CanvasView(Tensor Keys, Values Values);
