namespace AttentionNotebooks;

/// <summary>What is asked about an object of a Sort-of-CLEVR scene: three things that it alone decides, and three that depend on the others.</summary>
public enum ClevrQuestionKind
{
    /// <summary>Is it a square or a circle?</summary>
    Shape,

    /// <summary>Is it left of the middle?</summary>
    Left,

    /// <summary>Is it above the middle?</summary>
    Above,

    /// <summary>What shape has the object closest to it?</summary>
    Closest,

    /// <summary>What shape has the object furthest from it?</summary>
    Furthest,

    /// <summary>How many objects have its shape, itself among them?</summary>
    Count,
}
