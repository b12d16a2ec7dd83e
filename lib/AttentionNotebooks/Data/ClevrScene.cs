namespace AttentionNotebooks;

/// <summary>A Sort-of-CLEVR scene, kept as what is in it; its picture is painted when it is looked at.</summary>
/// <param name="Objects">One object of each of <see cref="SortOfClevr.Colours"/>, in their order.</param>
/// <param name="Questions">What is asked: the non-relational questions first, then as many relational ones.</param>
public sealed record ClevrScene(IReadOnlyList<ClevrObject> Objects, IReadOnlyList<ClevrQuestion> Questions)
{
    /// <summary>S, the side of a picture, in pixels.</summary>
    public const int Side = 75;

    /// <summary>Bytes of a picture: 3 planes of S·S.</summary>
    public const int PictureBytes = 3 * Side * Side;

    // Of answers: yes and no, then the two shapes, then the counts from 1.
    private const int Yes = 0;
    private const int No = 1;
    private const int Square = 2;
    private const int Circle = 3;

    /// <summary>The true answer.</summary>
    /// <param name="question">A question, of the scene or any other.</param>
    public ClevrAnswer Answer(ClevrQuestion question)
    {
        var about = Objects[question.Colour];
        return question.Kind switch
        {
            ClevrQuestionKind.Shape => ShapeOf(question.Colour),
            ClevrQuestionKind.Left => new(2 * about.X < Side ? Yes : No, question.Colour),
            ClevrQuestionKind.Above => new(2 * about.Y < Side ? Yes : No, question.Colour),
            ClevrQuestionKind.Closest => ShapeOf(Others(question.Colour).MinBy(other => about.SquaredDistanceTo(Objects[other]))),
            ClevrQuestionKind.Furthest => ShapeOf(Others(question.Colour).MaxBy(other => about.SquaredDistanceTo(Objects[other]))),
            _ => new(Circle + Objects.Count(other => other.IsCircle == about.IsCircle), null),
        };
    }

    /// <summary>Paints the picture: red, green, blue, each a plane of rows from top to bottom, on white.</summary>
    /// <param name="pixels">[3 · S · S].</param>
    public void Paint(Span<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, PictureBytes);
        pixels.Fill(byte.MaxValue);
        for (var colour = 0; colour < Objects.Count; colour++)
        {
            var (red, green, blue) = SortOfClevr.Paints[colour];
            Paint(Objects[colour], pixels, [red, green, blue]);
        }
    }

    private static void Paint(ClevrObject one, Span<byte> pixels, ReadOnlySpan<byte> paint)
    {
        const int radius = ClevrObject.Radius;
        for (var down = -radius; down <= radius; down++)
        {
            var half = radius;
            // x² + y² ≤ r²: the pixels of OpenCV's filled circle of this radius.
            while (one.IsCircle && half * half + down * down > radius * radius) half--;
            for (var plane = 0; plane < 3; plane++)
                pixels.Slice((plane * Side + one.Y + down) * Side + one.X - half, 2 * half + 1).Fill(paint[plane]);
        }
    }

    private ClevrAnswer ShapeOf(int colour) => new(Objects[colour].IsCircle ? Circle : Square, colour);

    // Of several as close, the first by colour, as published.
    private IEnumerable<int> Others(int colour) => Enumerable.Range(0, Objects.Count).Where(other => other != colour);
}
