namespace AttentionNotebooks;

/// <summary>
/// The language of scenes: two objects and how they lie, in five phrasings. “a large red circle above a small blue square”, “a red circle above a blue square”,
/// “there is a red circle above a blue square”, “the red circle is above the blue square”, “above the blue square is a red circle”.
/// </summary>
public static class SceneGrammar
{
    // The subject lies {relation} seen from the other; {Subject} and {Other} are said with their size.
    private static readonly string[][] Phrasings =
    [
        .. ((string[])["a {Subject} {relation} a {Other}", "a {subject} {relation} a {other}", "there is a {subject} {relation} a {other}", "the {subject} is {relation} the {other}", "{relation} the {other} is a {subject}"])
            .Select(phrasing => phrasing.Split(' ')),
    ];

    /// <summary>What is said of an object's size.</summary>
    public static IReadOnlyList<string> Sizes { get; } = ["small", "large"];

    /// <summary>What is said of an object's colour.</summary>
    public static IReadOnlyList<string> Colours { get; } = ["red", "green", "blue", "yellow", "purple"];

    /// <summary>What is said of an object's shape.</summary>
    public static IReadOnlyList<string> Shapes { get; } = ["circle", "square", "triangle", "cross"];

    /// <summary>Every caption that is true of a scene, each once, always in the same order.</summary>
    /// <param name="objects">Its objects; no two have both colour and shape in common, so that “the red circle” is one of them.</param>
    /// <exception cref="ArgumentException">Two have.</exception>
    public static IReadOnlyList<SceneCaption> TrueOf(IReadOnlyList<SceneObject> objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        if (objects.DistinctBy(each => (each.Colour, each.Shape)).Count() < objects.Count)
            throw new ArgumentException("Two objects have the same colour and shape, and a caption could not tell which it means.", nameof(objects));
        return
        [
            .. from subject in Enumerable.Range(0, objects.Count)
               from other in Enumerable.Range(0, objects.Count)
               where subject != other
               from relation in SceneRelation.All
               where relation.Holds(objects[subject].Box, objects[other].Box)
               from phrasing in Phrasings
               select Say(phrasing, objects, (subject, other), relation),
        ];
    }

    /// <summary>What a caption claims of a scene.</summary>
    /// <param name="words">The caption.</param>
    /// <returns>The claim; null where the words are none of the phrasings.</returns>
    public static SceneClaim? Read(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return (from phrasing in Phrasings from relation in SceneRelation.All select Read(phrasing, relation, words)).FirstOrDefault(claim => claim is not null);
    }

    private static SceneClaim? Read(string[] phrasing, SceneRelation relation, IReadOnlyList<string> words)
    {
        var (left, named) = (new Queue<string>(words), new Dictionary<string, SceneName>(StringComparer.OrdinalIgnoreCase));
        foreach (var part in phrasing)
        {
            if (part is "{relation}")
            {
                if (!relation.Words.Split(' ').All(Next)) return null;
            }
            else if (part[0] == '{')
            {
                var (size, colour, shape) = (char.IsUpper(part[1]) ? OneOf(Sizes) : "", OneOf(Colours), OneOf(Shapes));
                if (size is null || colour is null || shape is null) return null;
                named.Add(part, new SceneName(size, colour, shape));
            }
            else if (!Next(part))
            {
                return null;
            }
        }

        return left.Count > 0 ? null : new SceneClaim(named["{subject}"], relation, named["{other}"]);

        bool Next(string expected) => left.TryDequeue(out var word) && word == expected;

        string? OneOf(IReadOnlyList<string> known) => left.TryDequeue(out var word) && known.Contains(word, StringComparer.Ordinal) ? word : null;
    }

    private static SceneCaption Say(string[] phrasing, IReadOnlyList<SceneObject> objects, (int Subject, int Other) of, SceneRelation relation)
    {
        var (words, speaksOf) = (new List<string>(), new List<int>());
        foreach (var part in phrasing)
        {
            switch (part)
            {
                case "{subject}" or "{Subject}":
                    Name(of.Subject, withSize: part == "{Subject}");
                    break;
                case "{other}" or "{Other}":
                    Name(of.Other, withSize: part == "{Other}");
                    break;
                default:
                    Add((part == "{relation}" ? relation.Words : part).Split(' '), SceneCaption.Nothing);
                    break;
            }
        }

        return new(words, speaksOf);

        void Name(int number, bool withSize)
        {
            var named = objects[number];
            Add(withSize ? [named.Size, named.Colour, named.Shape] : [named.Colour, named.Shape], number);
        }

        void Add(string[] said, int of)
        {
            words.AddRange(said);
            speaksOf.AddRange(Enumerable.Repeat(of, said.Length));
        }
    }
}
