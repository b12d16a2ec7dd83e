namespace AttentionNotebooks;

/// <summary>What there is after a step, for the A examples that took it.</summary>
/// <param name="Step">n, counted from 1.</param>
/// <param name="Examples">int64 [A], which rows of the batch.</param>
/// <param name="State">s_n [A, S].</param>
/// <param name="Output">y_n [A, O].</param>
/// <param name="Logit">w·s_n + b [A], of the halting unit.</param>
internal sealed record PonderMoment(int Step, Tensor Examples, Tensor State, Tensor Output, Tensor Logit)
{
    /// <summary>Adds a number or a row for each of the A examples to those of the batch.</summary>
    public Tensor AddTo(Tensor batch, Tensor rows) => batch.index_add(0, Examples, rows, 1);

    /// <summary>Adds the outputs, weighted, to those of the batch; null begins at 0.</summary>
    public Tensor AddOutput(Tensor? batch, long examples, Tensor weights) =>
        AddTo(batch ?? Output.new_zeros(examples, Output.shape[1]), weights.unsqueeze(-1) * Output);
}
