namespace AttentionNotebooks;

/// <summary>One step of a computation that decides on its own how long to go on.</summary>
/// <param name="state">s_{n−1} [A, S], of the A examples that have not halted.</param>
/// <param name="examples">int64 [A], which rows of the batch these are, in 0..B−1: take their inputs with <c>index_select(0, examples)</c>.</param>
/// <param name="step">n, counted from 1.</param>
/// <returns>The next state s_n [A, S], and what would be said if this were the last step, y_n [A, O].</returns>
public delegate (Tensor State, Tensor Output) PonderStep(Tensor state, Tensor examples, int step);
