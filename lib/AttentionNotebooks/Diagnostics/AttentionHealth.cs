namespace AttentionNotebooks;

/// <summary>Detectors for the ways in which attention fails in silence. Each gives its findings, none where all is well.</summary>
public static class AttentionHealth
{
    /// <summary>A collapsed policy (it looks at the same place whatever it is given) and attention that never left the uniform distribution.</summary>
    /// <remarks>A collapsed policy is not a confident one: what counts is the information between example and location, I(x; z) = H(mean α) − mean H(α). Both kinds have none; the entropy tells them apart.</remarks>
    /// <param name="weights">α [B, N] over many examples; each row sums to 1.</param>
    /// <param name="information">Least information between example and location that is taken for healthy, in nats.</param>
    public static IEnumerable<Finding> OfWeights(Tensor weights, double information = 0.05)
    {
        Shape.Require(weights, nameof(weights), "B", "N");
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var each = Concentration.Entropy(weights).mean().ToDouble();
        var all = Concentration.Entropy(weights.mean([0])).ToDouble();
        if (all - each >= information) return [];
        var half = Math.Log(weights.shape[1]) / 2;
        return each < half
            ? [new Finding("Collapsed: it attends to the same location whatever the example", all - each, information, "Begin with an entropy bonus and lower it; take a baseline; lower the learning rate of the choice.")]
            : [new Finding("Uniform: it attends to all locations alike whatever the example", all - each, information, "Check that a gradient reaches the score; look at the scale of the scores, and at the temperature.")];
    }

    /// <summary>Rationales that select everything or nothing.</summary>
    /// <param name="selected">Boolean [B, N].</param>
    /// <param name="mask">Boolean [B, N], false at padding; null for no padding.</param>
    /// <param name="least">Least share of tokens selected that is taken for healthy.</param>
    /// <param name="most">Greatest share of tokens selected that is taken for healthy.</param>
    public static IEnumerable<Finding> OfRationales(Tensor selected, Tensor? mask = null, double least = 0.01, double most = 0.95)
    {
        Shape.Require(selected, nameof(selected), "B", "N");
        using var scope = torch.NewDisposeScope();
        var real = mask is null ? selected : selected.logical_and(mask);
        var rate = (double)real.sum().ToInt64() / Math.Max(1, mask is null ? selected.numel() : mask.sum().ToInt64());
        if (rate > most) return [new Finding("Select-all: the rationale is the whole text", rate, most, "Raise the price of a selected token, or control the selection rate to a target.")];
        if (rate < least) return [new Finding("Select-none: the rationale is empty", rate, least, "Lower the price of a selected token at the beginning, and raise it while training.")];
        return [];
    }

    /// <summary>Posterior collapse: the inference network says no more than the prior.</summary>
    /// <param name="divergence">KL(q‖p) [B] or [B, T], in nats.</param>
    /// <param name="least">Least mean divergence that is taken for healthy, in nats.</param>
    public static IEnumerable<Finding> OfPosterior(Tensor divergence, double least = 0.01)
    {
        ArgumentNullException.ThrowIfNull(divergence);
        using var scope = torch.NewDisposeScope();
        var mean = divergence.detach().mean().ToDouble();
        return mean >= least ? [] : [new Finding("Posterior collapse: the inference network agrees with the prior whatever the answer", mean, least, "Weigh the divergence less at the beginning; let the inference network see the answer; check that it learns.")];
    }

    /// <summary>A missing detach: the loss sends a gradient through where it looked, which a glimpse's location must be a constant to.</summary>
    /// <param name="loss">A scalar that was computed at the location.</param>
    /// <param name="location">The location as it left the policy, with its gradient history.</param>
    public static IEnumerable<Finding> OfDetach(Tensor loss, Tensor location)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(location);
        using var scope = torch.NewDisposeScope();
        var norm = Norm(loss, [location]);
        return norm is null or 0 ? [] : [new Finding("Missing detach: the loss moves the location by its own gradient", norm.Value, 0, "Detach the location before it is looked at; the policy learns from its log-probability alone.")];
    }

    /// <summary>What chooses gets no gradient at all, an exploding one, or one that is not a number.</summary>
    /// <param name="surrogate">The surrogate loss of a step.</param>
    /// <param name="parameters">What the choice is computed by.</param>
    /// <param name="greatest">Greatest length of the gradient that is taken for healthy.</param>
    public static IEnumerable<Finding> OfGradient(Tensor surrogate, IEnumerable<Tensor> parameters, double greatest = 1e3)
    {
        ArgumentNullException.ThrowIfNull(surrogate);
        ArgumentNullException.ThrowIfNull(parameters);
        using var scope = torch.NewDisposeScope();
        var norm = Norm(surrogate, [.. parameters]);
        if (norm is null or 0) return [new Finding("Dead: no gradient reaches what chooses", norm ?? 0, 0, "A drawn location has no gradient: give the loss and the log-probability to an estimator, and do not detach both the location and the log-probability.")];
        if (!double.IsFinite(norm.Value)) return [new Finding("Not a number: the gradient is broken", norm.Value, greatest, "Turn AttentionChecks on to find the tensor; look for a logarithm of 0.")];
        return norm <= greatest ? [] : [new Finding("Exploding gradient", norm.Value, greatest, "Clip it; take a baseline; lower the learning rate.")];
    }

    // The length of the gradient; null where nothing depends on these.
    private static double? Norm(Tensor value, IList<Tensor> of)
    {
        if (!value.requires_grad || of.All(tensor => !tensor.requires_grad)) return null;
        var gradients = torch.autograd.grad([value], [.. of.Where(tensor => tensor.requires_grad)], retain_graph: true, allow_unused: true);
        var present = gradients.Where(gradient => gradient is not null && !gradient.IsInvalid).ToArray();
        return present.Length == 0 ? null : Math.Sqrt(present.Sum(gradient => gradient.square().sum().ToDouble()));
    }
}
