namespace AttentionNotebooks;

/// <summary>A set of scenes as tensors, from which batches are taken.</summary>
public sealed class CaptionedScenes : IDisposable
{
    private readonly Tensor pictures; // [count, 3, S, S] uint8
    private readonly Tensor captions; // [count · C, T] int64
    private readonly Tensor boxes; // [count · C, T, 4]
    private readonly Tensor names; // [count · C, T] boolean

    /// <summary>Puts the set into tensors.</summary>
    /// <param name="set">The scenes, each with as many captions.</param>
    /// <param name="vocabulary">The numbers of their words.</param>
    /// <exception cref="ArgumentException">There is no scene, or one has more captions than another.</exception>
    public CaptionedScenes(SceneSet set, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (set.Count == 0 || set.Scenes.Any(scene => scene.Captions.Count != set.Scenes[0].Captions.Count))
            throw new ArgumentException($"{set} cannot be put into tensors: at least one scene is needed, and as many captions for each.", nameof(set));
        using var scope = torch.NewDisposeScope();
        (Scenes, CaptionsPerScene) = (set.Scenes, set.Scenes[0].Captions.Count);
        pictures = set.ToPictures().DetachFromDisposeScope();
        captions = Vocabulary.ToTensor([.. from scene in set.Scenes from caption in scene.Captions select vocabulary.Encode(caption.Words)]).DetachFromDisposeScope();
        boxes = BoxesOf(set.Scenes, captions.shape).DetachFromDisposeScope();
        names = boxes.select(2, 2).gt(0).DetachFromDisposeScope();
    }

    /// <summary>The scenes.</summary>
    public IReadOnlyList<Scene> Scenes { get; }

    /// <summary>C, how many captions each has.</summary>
    public int CaptionsPerScene { get; }

    /// <summary>T, how many words the longest caption has, its end included.</summary>
    public int Longest => (int)captions.shape[1];

    /// <summary>Some scenes, each with one of its captions.</summary>
    /// <param name="scenes">[B] int64, which.</param>
    /// <param name="which">[B] int64 in 0..C−1, which caption of each.</param>
    /// <returns>Tensors of the current scope.</returns>
    public CaptionBatch Take(Tensor scenes, Tensor which)
    {
        ArgumentNullException.ThrowIfNull(scenes);
        Shape.Require(scenes, nameof(scenes), "B");
        Shape.Require(which, nameof(which), scenes.shape[0]);
        using var rows = scenes * CaptionsPerScene + which;
        using var bytes = pictures.index_select(0, scenes);
        return new(SceneSet.Scale(bytes), captions.index_select(0, rows), boxes.index_select(0, rows), names.index_select(0, rows));
    }

    /// <summary>Scenes in a row, each with its first caption.</summary>
    /// <param name="start">The first.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>Tensors of the current scope.</returns>
    public CaptionBatch Slice(int start, int count)
    {
        using var scenes = torch.arange(start, Math.Min(start + count, Scenes.Count), torch.int64);
        using var first = torch.zeros_like(scenes);
        return Take(scenes, first);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[pictures, captions, boxes, names]) tensor.Dispose();
    }

    // A box ends right of 0, so a right side of 0 says that there is none.
    private static Tensor BoxesOf(IReadOnlyList<Scene> scenes, long[] shape)
    {
        var (sides, row) = (new float[shape[0] * shape[1] * 4], 0);
        foreach (var (scene, caption) in from scene in scenes from caption in scene.Captions select (scene, caption))
        {
            foreach (var (word, of) in caption.SpeaksOf.Index())
            {
                if (of == SceneCaption.Nothing) continue;
                var box = scene.Objects[of].Box;
                ((ReadOnlySpan<float>)[(float)box.Left, (float)box.Top, (float)box.Right, (float)box.Bottom]).CopyTo(sides.AsSpan((int)((row * shape[1]) + word) * 4));
            }

            row++;
        }

        return torch.tensor(sides, [shape[0], shape[1], 4]);
    }
}
