namespace AttentionNotebooks;

/// <summary>What the decoder knows between two words.</summary>
/// <param name="Hidden">h [B, H].</param>
/// <param name="Cell">The memory of the LSTM [B, H].</param>
internal sealed record DecoderState(Tensor Hidden, Tensor Cell);
