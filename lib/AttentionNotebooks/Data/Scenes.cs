namespace AttentionNotebooks;

/// <summary>
/// Draws scenes for captions: two or three coloured objects, and a grey one that no caption speaks of, on a noisy ground. Each is small or large, of one of
/// four shapes, and stands at the centre of one of 6×6 squares: a small one a pixel inside it, a large one a pixel beyond, but never at the picture's edge. So nothing but the place
/// changes when an object stands elsewhere, and a mean over all places says what is there, not what lies where: that must be looked up.
/// </summary>
public static class Scenes
{
    /// <summary>S, a picture's side, in pixels.</summary>
    public const int Side = 48;

    /// <summary>How many captions a scene comes with, as in Flickr8k and COCO.</summary>
    public const int CaptionsPerScene = 5;

    private const int Gap = 2; // pixels at least between two objects
    private const int Square = 8; // pixels from one possible centre to the next
    private const int Tries = 200;

    // Red, green, blue of each colour word.
    private static readonly float[][] Paints = [[215, 45, 45], [45, 170, 60], [50, 80, 225], [225, 205, 45], [155, 50, 190]];

    private enum Part
    {
        Train = 1,
        Validation = 2,
        Test = 3,
        NewPairs = 4,
    }

    /// <summary>Draws all four sets. Same seed, same bytes and words, on every platform; a longer set begins with the shorter one.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="trainCount">How many to train on.</param>
    /// <param name="testCount">How many in each of the three other sets.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or more than an array holds.</exception>
    public static SceneData Draw(long seed, int trainCount = 6_000, int testCount = 500)
    {
        return new(Set(Part.Train, trainCount), Set(Part.Validation, testCount), Set(Part.Test, testCount), Set(Part.NewPairs, testCount), $"Scenes of coloured shapes, made from seed {seed}.");

        SceneSet Set(Part part, int count)
        {
            const int Size = SceneSet.Channels * Side * Side;
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Array.MaxLength / Size);
            var (pixels, scenes, sketch) = (new byte[count * Size], new Scene[count], new SceneSketch(Side));
            for (var i = 0; i < count; i++) scenes[i] = DrawOne(part, new((ulong)seed, (ulong)part, (ulong)i), sketch, pixels.AsSpan(i * Size, Size));
            return new("scenes", Side, pixels, scenes, $"drawn by this library from seed {seed}");
        }
    }

    /// <summary>Is an object of this colour and shape left out of training? One in four is, of every colour and every shape; it does not depend on the seed.</summary>
    /// <param name="colour">One of <see cref="SceneGrammar.Colours"/>.</param>
    /// <param name="shape">One of <see cref="SceneGrammar.Shapes"/>.</param>
    public static bool IsHeldOut(string colour, string shape) => IsHeldOut(NumberOf(SceneGrammar.Colours, colour), NumberOf(SceneGrammar.Shapes, shape));

    private static bool IsHeldOut(int colour, int shape) => colour % SceneGrammar.Shapes.Count == shape;

    private static int NumberOf(IReadOnlyList<string> words, string word) => Array.IndexOf([.. words], word) is >= 0 and var number
        ? number
        : throw new ArgumentException($"“{word}” is none of {string.Join(", ", words)}.", nameof(word));

    private static Scene DrawOne(Part part, SplitMix64 random, SceneSketch sketch, Span<byte> picture)
    {
        sketch.Clear(ref random);
        // Three in a third of the scenes, and one more that is grey.
        var coloured = random.Below(3) == 0 ? 3 : 2;
        var kinds = Kinds(part, coloured, ref random);
        var places = Places(coloured + 1, ref random);
        var objects = new SceneObject[coloured];
        Span<float> paint = stackalloc float[SceneSet.Channels];
        for (var i = 0; i < coloured; i++)
        {
            var ((colour, shape), (large, x, y, radius)) = (kinds[i], places[i]);
            var light = random.Uniform(-25, 25);
            for (var c = 0; c < paint.Length; c++) paint[c] = Paints[colour][c] + light;
            objects[i] = new(SceneGrammar.Sizes[large ? 1 : 0], SceneGrammar.Colours[colour], SceneGrammar.Shapes[shape], sketch.Paint(SceneGrammar.Shapes[shape], (x, y, radius), paint));
        }

        var (_, left, top, size) = places[coloured];
        paint.Fill(random.Below(2) == 0 ? random.Uniform(10, 50) : random.Uniform(190, 230));
        sketch.Paint(SceneGrammar.Shapes[random.Below(SceneGrammar.Shapes.Count)], (left, top, size), paint);

        sketch.Develop(picture);
        return new(objects, Pick([.. SceneGrammar.TrueOf(objects)], CaptionsPerScene, ref random));
    }

    // Colours and shapes, no pair of them twice.
    private static (int Colour, int Shape)[] Kinds(Part part, int count, ref SplitMix64 random)
    {
        var kinds = new List<(int Colour, int Shape)>();
        while (kinds.Count < count)
        {
            var kind = (Colour: random.Below(SceneGrammar.Colours.Count), Shape: random.Below(SceneGrammar.Shapes.Count));
            if (IsHeldOut(kind.Colour, kind.Shape) == (part == Part.NewPairs) && !kinds.Contains(kind)) kinds.Add(kind);
        }

        return [.. kinds];
    }

    // Places at random, all anew where the last object finds no room.
    private static (bool Large, float X, float Y, float Radius)[] Places(int count, ref SplitMix64 random)
    {
        var places = new List<(bool Large, float X, float Y, float Radius)>();
        for (var left = Tries; places.Count < count; left--)
        {
            if (left == 0)
            {
                places.Clear();
                left = Tries;
            }

            var large = random.Below(2) == 1;
            // At most 3, 1 less than half a square, or 5, 1 more.
            var radius = (large ? 4.8f : 2.8f) + random.Uniform(-0.2f, 0.2f);
            // A large object is wider than its square, and stays off the edge.
            var (first, squares) = large ? (1, Side / Square - 2) : (0, Side / Square);
            var (x, y) = (Square * (first + random.Below(squares) + 0.5f), Square * (first + random.Below(squares) + 0.5f));
            if (places.TrueForAll(other => Math.Max(Math.Abs(other.X - x), Math.Abs(other.Y - y)) >= other.Radius + radius + Gap)) places.Add((large, x, y, radius));
        }

        return [.. places];
    }

    private static SceneCaption[] Pick(SceneCaption[] captions, int count, ref SplitMix64 random)
    {
        for (var i = 0; i < count; i++)
        {
            var j = i + random.Below(captions.Length - i);
            (captions[i], captions[j]) = (captions[j], captions[i]);
        }

        return captions[..count];
    }
}
