namespace AttentionNotebooks;

/// <summary>What is wrong with a caption of a scene, from nothing at all to the gravest.</summary>
public enum CaptionFault
{
    /// <summary>It is true.</summary>
    None,

    /// <summary>Both objects are there as it says, and lie otherwise.</summary>
    Relation,

    /// <summary>It names one object twice, and nothing lies beside itself.</summary>
    Repetition,

    /// <summary>An object is of the other size.</summary>
    Size,

    /// <summary>An object has the colour of one that is there and the shape of another.</summary>
    Mixture,

    /// <summary>An object has a colour or a shape that nothing there has.</summary>
    Missing,

    /// <summary>It is no sentence.</summary>
    Sentence,
}
