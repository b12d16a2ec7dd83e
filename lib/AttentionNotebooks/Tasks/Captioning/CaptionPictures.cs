namespace AttentionNotebooks;

/// <summary>Pictures of scenes, and of where a captioner looks at them, for an <see cref="ImageGrid"/>.</summary>
/// <param name="scenes">The scenes.</param>
public sealed class CaptionPictures(SceneSet scenes)
{
    /// <summary>The first scenes in colour, numbered.</summary>
    /// <param name="count">How many.</param>
    public IEnumerable<Tile> First(int count) => [.. Enumerable.Range(0, count).Select(scene => new Tile(Colours(scene), $"{scene + 1}"))];

    /// <summary>One scene as it is looked at for each word of a caption.</summary>
    /// <param name="scene">Which, from 0.</param>
    /// <param name="looks">The caption, and where the captioner looked.</param>
    /// <param name="speaksOf">For each word the object it speaks of (<see cref="SceneCaption.SpeaksOf"/>), which is framed; none where that is not known.</param>
    public IEnumerable<Tile> Looks(int scene, CaptionLooks looks, IReadOnlyList<int>? speaksOf = null)
    {
        ArgumentNullException.ThrowIfNull(looks);
        return [.. looks.Words.Select((word, t) => Look(scene, looks, speaksOf, t))];
    }

    /// <summary>The same, one word after the other in one place.</summary>
    /// <inheritdoc cref="Looks"/>
    /// <param name="scene">Which, from 0.</param>
    /// <param name="looks">The caption, and where the captioner looked.</param>
    /// <param name="speaksOf">For each word the object it speaks of, which is framed; none where that is not known.</param>
    /// <param name="title">The heading.</param>
    /// <param name="caption">What to look for.</param>
    public FigureSequence WordByWord(int scene, CaptionLooks looks, IReadOnlyList<int>? speaksOf, string title, string caption)
    {
        ArgumentNullException.ThrowIfNull(looks);
        // The frame's name is in the key of every step, whether the word speaks of an object or not.
        return new FigureSequence("said so far", looks.Words.Select((_, t) => (string.Join(' ', looks.Words.Take(t + 1)), (Figure)new ImageGrid(new Tile(Colours(scene), "the scene"), Look(scene, looks, speaksOf, t)) { MapMaximum = 1 })))
        {
            Title = title,
            Caption = caption,
        };
    }

    private Tile Look(int scene, CaptionLooks looks, IReadOnlyList<int>? speaksOf, int word)
    {
        var side = (int)Math.Sqrt(looks.Weights.GetLength(1));
        var map = new float[side, side];
        Buffer.BlockCopy(looks.Weights, word * map.Length * sizeof(float), map, 0, map.Length * sizeof(float));
        var of = speaksOf?[word] ?? SceneCaption.Nothing;
        return new Tile(Colours(scene), looks.Words[word])
        {
            Map = AttentionMap.OfGrid(map),
            Boxes = of == SceneCaption.Nothing ? [] : [Frame(scenes.Scenes[scene].Objects[of].Box)],
        };
    }

    private float[,,] Colours(int scene)
    {
        var colours = new float[SceneSet.Channels, scenes.Side, scenes.Side];
        var pixels = scenes.Pixels.AsSpan(scene * colours.Length, colours.Length);
        for (var i = 0; i < pixels.Length; i++) colours[i / (scenes.Side * scenes.Side), i / scenes.Side % scenes.Side, i % scenes.Side] = pixels[i] / 255f;
        return colours;
    }

    private static ImageBox Frame(Box box) => new(box.Top, box.Left, box.Bottom - box.Top, box.Right - box.Left, Role.Exact, "what the word speaks of");
}
