namespace AttentionNotebooks;

/// <summary>Sort-of-CLEVR scenes as tensors: codes, answers and boxes are kept, pictures are painted batch by batch.</summary>
public sealed class ClevrExamples : IDisposable
{
    private readonly IReadOnlyList<ClevrScene> scenes;
    private readonly Tensor questions; // [S, Q, 11]
    private readonly Tensor answers; // [S, Q]
    private readonly Tensor asked; // [S, Q, 4]
    private readonly Tensor decisive; // [S, Q, 4]

    /// <summary>Takes the scenes.</summary>
    /// <param name="scenes">One or more, all with as many questions.</param>
    /// <exception cref="ArgumentException">There is none, or one has more questions than another.</exception>
    public ClevrExamples(IReadOnlyList<ClevrScene> scenes)
    {
        ArgumentNullException.ThrowIfNull(scenes);
        if (scenes.Count == 0) throw new ArgumentException("There is no scene.", nameof(scenes));
        var each = scenes[0].Questions.Count;
        if (scenes.Any(scene => scene.Questions.Count != each)) throw new ArgumentException($"Every scene must have {each} questions, as the first has.", nameof(scenes));
        this.scenes = scenes;
        using var scope = torch.NewDisposeScope();
        var pairs = scenes.SelectMany(scene => scene.Questions.Select(question => (Scene: scene, Question: question, Answer: scene.Answer(question)))).ToArray();
        questions = torch.tensor(Codes(pairs.Select(pair => pair.Question), pairs.Length), [scenes.Count, each, ClevrQuestion.CodeLength]).DetachFromDisposeScope();
        answers = torch.tensor(pairs.Select(pair => (long)pair.Answer.Index).ToArray(), [scenes.Count, each]).DetachFromDisposeScope();
        asked = Boxes(pairs.Select(pair => pair.Scene.Objects[pair.Question.Colour].Box), scenes.Count).DetachFromDisposeScope();
        decisive = Boxes(pairs.Select(pair => pair.Answer.Decides is int one ? pair.Scene.Objects[one].Box : default), scenes.Count).DetachFromDisposeScope();
    }

    /// <summary>S, the number of scenes.</summary>
    public int Count => scenes.Count;

    /// <summary>How many questions there are about relations.</summary>
    public long RelationalCount => scenes.Sum(scene => (long)scene.Questions.Count(question => question.IsRelational));

    /// <summary>Some of the scenes, painted.</summary>
    /// <param name="which">int64 [B], in 0..S−1.</param>
    /// <returns>The batch; its tensors are the caller's.</returns>
    public ClevrBatch Batch(Tensor which)
    {
        Shape.Require(which, nameof(which), "B");
        return new ClevrBatch(Images(which), questions.index_select(0, which), answers.index_select(0, which), asked.index_select(0, which), decisive.index_select(0, which));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[questions, answers, asked, decisive]) tensor.Dispose();
    }

    private Tensor Images(Tensor which)
    {
        using var scope = torch.NewDisposeScope();
        var indices = which.data<long>().ToArray();
        var pixels = torch.empty([indices.Length, 3, ClevrScene.Side, ClevrScene.Side], torch.uint8);
        var picture = new byte[ClevrScene.PictureBytes];
        for (var i = 0; i < indices.Length; i++)
        {
            scenes[(int)indices[i]].Paint(picture);
            picture.CopyTo(pixels.bytes.Slice(i * picture.Length, picture.Length));
        }

        // White is 0, as is the padding of convolutions.
        return pixels.to(torch.float32).div_(-byte.MaxValue).add_(1).MoveToOuterDisposeScope();
    }

    private static float[] Codes(IEnumerable<ClevrQuestion> questions, int count)
    {
        var codes = new float[count * ClevrQuestion.CodeLength];
        var start = 0;
        foreach (var question in questions)
        {
            question.Encode(codes.AsSpan(start, ClevrQuestion.CodeLength));
            start += ClevrQuestion.CodeLength;
        }

        return codes;
    }

    private static Tensor Boxes(IEnumerable<Box> boxes, int count) =>
        torch.tensor(boxes.SelectMany(box => new[] { (float)box.Left, (float)box.Top, (float)box.Right, (float)box.Bottom }).ToArray()).reshape(count, -1, 4);
}
