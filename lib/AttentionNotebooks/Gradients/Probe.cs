namespace AttentionNotebooks;

/// <summary>A read that an estimator sends through the model, to choose in a certain way and to keep what it saw.</summary>
/// <param name="owner">Keeps it: the model's own scopes end before the estimator looks at it.</param>
internal abstract class Probe(DisposeScope owner) : Read
{
    /// <summary>Keeps a tensor until the estimator is done.</summary>
    private protected Tensor Keep(Tensor tensor)
    {
        tensor.DetachFromDisposeScope();
        owner.Attach(tensor);
        return tensor;
    }

    /// <summary>Keeps a distribution, by handles of its own: the model's are the model's.</summary>
    private protected Locations Keep(Locations locations)
    {
        // What is computed when it is asked for is asked for now: a gradient at the logits is one at these very tensors.
        _ = locations.Logits;
        return locations.Map(part => Keep(part.alias()));
    }
}
