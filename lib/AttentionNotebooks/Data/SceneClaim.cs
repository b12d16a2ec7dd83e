namespace AttentionNotebooks;

/// <summary>What a caption claims: that one object lies so, seen from another.</summary>
/// <param name="Subject">The one.</param>
/// <param name="Relation">How it lies.</param>
/// <param name="Other">The other.</param>
public sealed record SceneClaim(SceneName Subject, SceneRelation Relation, SceneName Other)
{
    /// <summary>What is wrong with it; of several faults the gravest, which is the one that <see cref="CaptionFault"/> has last.</summary>
    /// <param name="objects">The objects of the scene that it is said of.</param>
    public CaptionFault FaultIn(IReadOnlyList<SceneObject> objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var worse = (CaptionFault)Math.Max((int)Fault(Subject, objects), (int)Fault(Other, objects));
        if (worse > CaptionFault.None) return worse;
        if (Subject.In(objects) == Other.In(objects)) return CaptionFault.Repetition;
        return Relation.Holds(Subject.In(objects)!.Box, Other.In(objects)!.Box) ? CaptionFault.None : CaptionFault.Relation;
    }

    private static CaptionFault Fault(SceneName name, IReadOnlyList<SceneObject> objects)
    {
        if (name.In(objects) is { } meant) return name.Size is "" || name.Size == meant.Size ? CaptionFault.None : CaptionFault.Size;
        var mixed = objects.Any(each => each.Colour == name.Colour) && objects.Any(each => each.Shape == name.Shape);
        return mixed ? CaptionFault.Mixture : CaptionFault.Missing;
    }
}
