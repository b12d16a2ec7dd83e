namespace AttentionNotebooks;

/// <summary>Pictures of Sort-of-CLEVR scenes, and of where a model looks for a question, for an <see cref="ImageGrid"/>.</summary>
/// <param name="scenes">The scenes.</param>
public sealed class ClevrPictures(IReadOnlyList<ClevrScene> scenes)
{
    private const int Around = 9; // Pixels from a place to the next.

    /// <summary>Some scenes in colour, numbered.</summary>
    /// <param name="count">How many, from the first.</param>
    public IEnumerable<Tile> First(int count) => [.. Enumerable.Range(0, count).Select(scene => new Tile(Colours(scenes[scene]), $"{scene + 1}"))];

    /// <summary>A scene in colour, and then for each question where a trained contender looks for it first, with the places that it chose, the object asked about, and its answer.</summary>
    /// <param name="run">The trained contender of <see cref="ClevrTask"/>.</param>
    /// <param name="scene">Which scene, from 0.</param>
    /// <param name="questions">Which of its questions, from 0.</param>
    /// <exception cref="ArgumentException">The contender is of another task, or has no attention.</exception>
    public IEnumerable<Tile> Looks(TaskRun run, int scene, params IReadOnlyList<int> questions)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(questions);
        var model = run.Model as ClevrTaskModel ?? throw new ArgumentException($"“{run.Contender}” is a contender of another task.", nameof(run));
        var shown = scenes[scene];
        using var one = new ClevrExamples([shown]);
        var (weights, answers) = model.Look(one);
        return [new Tile(Colours(shown), "the scene"), .. questions.Select((question, i) => Look(shown, question, $"{i + 1}: ", weights, answers, run.Contender.Role))];
    }

    private static Tile Look(ClevrScene scene, int question, string name, float[,] weights, long[] answers, Role role)
    {
        var (asked, told) = (scene.Questions[question], answers[question]);
        var truth = scene.Answer(asked);
        float[] over = [.. Enumerable.Range(0, ClevrEye.Places.Count).Select(n => weights[question, n])];
        // A hybrid gives exactly nothing to what it did not choose; who weighs all has chosen nothing.
        var chosen = over.Count(weight => weight > 0) < over.Length ? over.Index().Where(place => place.Item > 0) : [];
        var box = scene.Objects[asked.Colour].Box;
        return new Tile(Colours(scene), $"{name}{truth} → {SortOfClevr.Answers[(int)told]} {(truth.Index == told ? "✓" : "✗")}")
        {
            Map = AttentionMap.OfWindows([.. Enumerable.Range(0, over.Length).Select(n => Place(n, role, ""))], over),
            Boxes =
            [
                .. chosen.Select(place => Place(place.Index, role, "place chosen")),
                new ImageBox(box.Top, box.Left, box.Bottom - box.Top, box.Right - box.Left, Role.Exact, "object asked about"),
            ],
        };
    }

    // The pixels that are nearer to a place than to any other.
    private static ImageBox Place(int place, Role role, string name)
    {
        var middle = ClevrEye.Places[place];
        var (left, top) = (middle.Left - Around / 3, middle.Top - Around / 3);
        var (right, bottom) = (Math.Min(ClevrScene.Side, left + Around), Math.Min(ClevrScene.Side, top + Around));
        return new ImageBox(Math.Max(0, top), Math.Max(0, left), bottom - Math.Max(0, top), right - Math.Max(0, left), role, name);
    }

    private static float[,,] Colours(ClevrScene scene)
    {
        var bytes = new byte[ClevrScene.PictureBytes];
        scene.Paint(bytes);
        var colours = new float[3, ClevrScene.Side, ClevrScene.Side];
        for (var i = 0; i < bytes.Length; i++) colours[i / (ClevrScene.Side * ClevrScene.Side), i / ClevrScene.Side % ClevrScene.Side, i % ClevrScene.Side] = bytes[i] / 255f;
        return colours;
    }
}
