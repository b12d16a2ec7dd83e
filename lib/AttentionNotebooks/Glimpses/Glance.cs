namespace AttentionNotebooks;

/// <summary>Where to look next, before it is known how likely that was.</summary>
/// <param name="Location">l [B, 2], within −1..1; no gradient.</param>
/// <param name="Centre">μ [B, 2], the middle of what it was drawn from; null where nothing was left to chance.</param>
/// <param name="Point">[B, 2], the draw before it was kept within the image; no gradient.</param>
internal sealed record Glance(Tensor Location, Tensor? Centre = null, Tensor? Point = null);
