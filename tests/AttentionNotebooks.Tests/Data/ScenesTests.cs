using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace AttentionNotebooks;

public partial class ScenesTests
{
    private const string Name = "((small|large) )?(red|green|blue|yellow|purple) (circle|square|triangle|cross)";
    private const string Relation = "above|below|left of|right of";

    private static readonly SceneData Data = Scenes.Draw(seed: 1, trainCount: 400, testCount: 100);

    public static TheoryData<string> Sets => ["train", "validation", "test", "new pairs"];

    [Fact]
    public void The_same_seed_draws_the_same_bytes_and_words_on_every_machine()
    {
        var data = Scenes.Draw(seed: 1, trainCount: 60, testCount: 20);

        Assert.Equal("DC243E2C20D023473E219B473A421B2C2E9D0226", Hash(data)[..40]);
    }

    [Fact]
    public void A_longer_set_begins_with_the_shorter_one_and_no_picture_comes_twice()
    {
        var shorter = Scenes.Draw(seed: 1, trainCount: 30, testCount: 5);
        Assert.Equal(shorter.Train.Pixels, Data.Train.Pixels[..shorter.Train.Pixels.Length]);
        Assert.Equal(shorter.Train.Scenes.Select(Said), Data.Train.Scenes.Take(30).Select(Said));

        var other = Scenes.Draw(seed: 2, trainCount: 100, testCount: 100);
        var pictures = All(Data).Concat(All(other)).SelectMany(set => set.Pixels.Chunk(set.Pixels.Length / set.Count).Select(Convert.ToHexString)).ToArray();
        Assert.Equal(pictures.Length, pictures.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Whatever_has_a_colour_lies_in_a_box_and_every_box_is_as_small_as_can_be(string name)
    {
        var set = Set(name);
        foreach (var (number, scene) in set.Scenes.Index())
        {
            var coloured = Coloured(set, number);
            Assert.All(coloured, place => Assert.Single(scene.Objects, each => IsIn(each.Box, place)));
            foreach (var box in scene.Objects.Select(each => each.Box))
            {
                var own = coloured.Where(place => IsIn(box, place)).ToArray();
                Assert.Equal(box, new Box(own.Min(place => place.X), own.Min(place => place.Y), own.Max(place => place.X) + 1, own.Max(place => place.Y) + 1));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void A_caption_is_read_as_what_it_claims_and_no_true_one_has_a_fault(string name)
    {
        foreach (var scene in Set(name).Scenes.Take(30))
        {
            foreach (var caption in scene.TrueCaptions())
            {
                var claim = SceneGrammar.Read(caption.Words)!;
                var named = caption.SpeaksOf.Where(of => of != SceneCaption.Nothing).Distinct().Select(of => scene.Objects[of]).ToArray();
                Assert.Equal(named.Length, new[] { claim.Subject.In(named), claim.Other.In(named) }.Distinct().Count(meant => meant is not null));
                Assert.Equal(CaptionFault.None, claim.FaultIn(scene.Objects));
            }
        }
    }

    [Theory]
    [InlineData("a red circle above a blue square", CaptionFault.None)]
    [InlineData("below the red circle is a blue square", CaptionFault.None)]
    [InlineData("a large red circle above a small blue square", CaptionFault.None)]
    [InlineData("a red circle below a blue square", CaptionFault.Relation)]
    [InlineData("there is a red circle left of a blue square", CaptionFault.Relation)]
    [InlineData("a red circle above a red circle", CaptionFault.Repetition)]
    [InlineData("a small red circle above a small blue square", CaptionFault.Size)]
    [InlineData("the blue circle is above the blue square", CaptionFault.Mixture)]
    [InlineData("a red circle above a green square", CaptionFault.Missing)]
    [InlineData("a small red circle below a large green square", CaptionFault.Missing)]
    [InlineData("a red circle above", CaptionFault.Sentence)]
    [InlineData("a red circle above a blue square is", CaptionFault.Sentence)]
    [InlineData("a large red circle above a blue square", CaptionFault.Sentence)]
    [InlineData("", CaptionFault.Sentence)]
    public void The_gravest_fault_of_a_caption_is_found(string caption, CaptionFault fault)
    {
        SceneObject[] objects = [new("large", "red", "circle", new Box(10, 0, 20, 10)), new("small", "blue", "square", new Box(12, 20, 18, 26)), new("small", "purple", "cross", new Box(0, 40, 6, 46))];

        Assert.Equal(fault, SceneGrammar.Read(caption.Split(' '))?.FaultIn(objects) ?? CaptionFault.Sentence);
        Assert.Equal(fault == CaptionFault.None, SceneGrammar.TrueOf(objects).Any(each => each.ToString() == caption));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void An_object_looks_as_it_is_called(string name)
    {
        // How much of its box is filled, how wide it is, and which of red, green and blue it has most of.
        var set = Set(name);
        foreach (var (number, scene) in set.Scenes.Index())
        {
            var coloured = Coloured(set, number);
            foreach (var each in scene.Objects)
            {
                var filled = coloured.Count(place => IsIn(each.Box, place)) / ((each.Box.Right - each.Box.Left) * (each.Box.Bottom - each.Box.Top));
                var (low, high) = each.Shape switch { "square" => (0.99, 1), "circle" => (0.65, 0.98), "triangle" => (0.45, 0.75), _ => (0.4, 0.85) };
                Assert.InRange(filled, low, high);
                Assert.InRange(each.Box.Right - each.Box.Left, each.Size == "large" ? 9 : 5, each.Size == "large" ? 10 : 6);
                var (x, y) = ((int)(each.Box.Left + each.Box.Right) / 2, (int)(each.Box.Top + each.Box.Bottom) / 2);
                double Mean(int c) => Enumerable.Range(-1, 3).SelectMany(dy => Enumerable.Range(-1, 3).Select(dx => (double)Pixel(set, number, c, x + dx, y + dy))).Average();
                Assert.Equal(each.Colour, ColourOf(Mean(0), Mean(1), Mean(2)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void A_small_object_keeps_off_the_edge_of_its_square_and_a_large_one_off_that_of_the_picture(string name)
    {
        // So that what is seen of one, from its square and all around it, is the same wherever it stands.
        Assert.All(Set(name).Scenes.SelectMany(scene => scene.Objects), each =>
        {
            var (column, row) = ((int)(each.Box.Left + each.Box.Right) / 16, (int)(each.Box.Top + each.Box.Bottom) / 16);
            var beyond = each.Size == "large" ? 1 : -1;
            Assert.True(each.Box.Left >= 8 * column - beyond && each.Box.Top >= 8 * row - beyond && each.Box.Right <= 8 * column + 8 + beyond && each.Box.Bottom <= 8 * row + 8 + beyond, each.ToString());
            Assert.All([column, row], at => Assert.InRange(at, each.Size == "large" ? 1 : 0, each.Size == "large" ? 4 : 5));
        });
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void A_reader_that_knows_the_language_alone_finds_every_caption_true_and_its_words_where_they_belong(string name)
    {
        foreach (var scene in Set(name).Scenes)
        {
            Assert.Equal(Scenes.CaptionsPerScene, scene.Captions.Select(caption => caption.ToString()).Distinct(StringComparer.Ordinal).Count());
            var all = scene.TrueCaptions().Select(caption => caption.ToString()).ToArray();
            Assert.Equal(all.Length, all.Distinct(StringComparer.Ordinal).Count());
            Assert.All(scene.Captions, caption => Assert.Contains(caption.ToString(), all));
            foreach (var caption in scene.TrueCaptions()) AssertTrue(scene, caption);
        }
    }

    [Fact]
    public void What_is_true_and_can_be_said_is_said()
    {
        // Every sentence of the language with the words of this scene, true or not: the reader and the grammar agree on which are true.
        foreach (var scene in Data.Test.Scenes.Take(20))
        {
            var said = scene.TrueCaptions().Select(caption => caption.ToString()).ToHashSet(StringComparer.Ordinal);
            var names = scene.Objects.SelectMany(each => new[] { $"{each.Colour} {each.Shape}", $"{each.Size} {each.Colour} {each.Shape}" }).ToArray();
            foreach (var (a, b) in from a in names from b in names where a.Split(' ').Length == b.Split(' ').Length select (a, b))
            {
                foreach (var relation in (string[])["above", "below", "left of", "right of"])
                {
                    string[] brief = [$"there is a {a} {relation} a {b}", $"the {a} is {relation} the {b}", $"{relation} the {b} is a {a}"];
                    foreach (var sentence in a.Split(' ').Length == 3 ? [$"a {a} {relation} a {b}"] : brief.Append($"a {a} {relation} a {b}"))
                        Assert.Equal(a != b && IsTrue(scene, Read(sentence)), said.Contains(sentence));
                }
            }
        }
    }

    [Fact]
    public void Pairs_of_colour_and_shape_that_are_left_out_are_in_the_set_of_new_pairs_and_nowhere_else()
    {
        static (string, string)[] Pairs(SceneSet set) => [.. set.Scenes.SelectMany(scene => scene.Objects).Select(each => (each.Colour, each.Shape)).Distinct()];
        var (seen, fresh) = (Pairs(Data.Train), Pairs(Data.NewPairs));

        Assert.Equal(15, seen.Length);
        Assert.Equal(5, fresh.Length);
        Assert.Empty(seen.Intersect(fresh));
        Assert.Equal(seen.Order(), Pairs(Data.Test).Order());
        Assert.All(fresh, pair => Assert.True(Scenes.IsHeldOut(pair.Item1, pair.Item2)));
        Assert.Equal(5, seen.Select(pair => pair.Item1).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(4, seen.Select(pair => pair.Item2).Distinct(StringComparer.Ordinal).Count());
        Assert.Throws<ArgumentException>(() => Scenes.IsHeldOut("orange", "circle"));
    }

    [Fact]
    public void There_are_two_or_three_objects_of_every_kind()
    {
        var scenes = Data.Train.Scenes;
        Assert.All(scenes, scene => Assert.InRange(scene.Objects.Count, 2, 3));
        Assert.InRange(scenes.Count(scene => scene.Objects.Count == 3), 100, 170);
        var objects = scenes.SelectMany(scene => scene.Objects).ToArray();
        Assert.All(objects.CountBy(each => (each.Colour, each.Shape)), kind => Assert.InRange(kind.Value, 35, 95));
        Assert.InRange(objects.Count(each => each.Size == "large") / (double)objects.Length, 0.35, 0.55);
    }

    [Fact]
    public void A_picture_that_is_not_complete_and_a_scene_with_two_objects_of_one_name_are_errors()
    {
        Assert.Throws<ArgumentException>(() => new SceneSet("", 48, new byte[100], Data.Test.Scenes, ""));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scenes.Draw(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scenes.Draw(1, int.MaxValue));
        var twice = new SceneObject("small", "red", "circle", new(0, 0, 5, 5));
        Assert.Throws<ArgumentException>(() => SceneGrammar.TrueOf([twice, twice with { Size = "large", Box = new(20, 20, 30, 30) }]));
    }

    private static void AssertTrue(Scene scene, SceneCaption caption)
    {
        var read = Read(caption.ToString());
        Assert.True(IsTrue(scene, read), caption.ToString());
        Assert.Equal(caption.Words.Count, caption.SpeaksOf.Count);
        var at = 0;
        foreach (var (word, of) in caption.Words.Zip(caption.SpeaksOf))
        {
            // A word speaks of the object in whose name it stands.
            var named = Within(read.Groups["a"], at) ? Meant(scene, read.Groups["a"].Value) : Within(read.Groups["b"], at) ? Meant(scene, read.Groups["b"].Value) : null;
            Assert.Same(named, of == SceneCaption.Nothing ? null : scene.Objects[of]);
            at += word.Length + 1;
        }
    }

    private static Match Read(string sentence)
    {
        var read = Language().Match(sentence);
        Assert.True(read.Success, sentence);
        return read;
    }

    private static bool IsTrue(Scene scene, Match read)
    {
        if (Meant(scene, read.Groups["a"].Value) is not { Box: var a } || Meant(scene, read.Groups["b"].Value) is not { Box: var b }) return false;
        return read.Groups["relation"].Value switch
        {
            "above" => a.Bottom <= b.Top,
            "below" => b.Bottom <= a.Top,
            "left of" => a.Right <= b.Left,
            _ => b.Right <= a.Left,
        };
    }

    private static SceneObject? Meant(Scene scene, string name) => scene.Objects.SingleOrDefault(each => $"{each.Size} {each.Colour} {each.Shape}".EndsWith(name, StringComparison.Ordinal));

    private static bool Within(Group group, int at) => at >= group.Index && at < group.Index + group.Length;

    [GeneratedRegex($"^((there is )?a (?<a>{Name}) (?<relation>{Relation}) a (?<b>{Name})|the (?<a>{Name}) is (?<relation>{Relation}) the (?<b>{Name})|(?<relation>{Relation}) the (?<b>{Name}) is a (?<a>{Name}))$", RegexOptions.ExplicitCapture)]
    private static partial Regex Language();

    // Light and noise are the same in all three, so their order tells.
    private static string ColourOf(double red, double green, double blue) => (red > green, red > blue, green > blue) switch
    {
        (true, true, true) when green - blue > (red - blue) / 2 => "yellow",
        (_, true, _) => red > green ? "red" : "green",
        (false, false, true) => "green",
        (true, false, _) => "purple",
        _ => "blue",
    };

    private static (int X, int Y)[] Coloured(SceneSet set, int number) =>
    [
        .. from y in Enumerable.Range(0, set.Side)
           from x in Enumerable.Range(0, set.Side)
           where Pixel(set, number, 0, x, y) != Pixel(set, number, 1, x, y) || Pixel(set, number, 1, x, y) != Pixel(set, number, 2, x, y)
           select (x, y),
    ];

    private static byte Pixel(SceneSet set, int number, int channel, int x, int y) => set.Pixels[((((number * SceneSet.Channels) + channel) * set.Side) + y) * set.Side + x];

    private static bool IsIn(Box box, (int X, int Y) place) => place.X >= box.Left && place.X < box.Right && place.Y >= box.Top && place.Y < box.Bottom;

    private static SceneSet Set(string name) => name switch { "train" => Data.Train, "validation" => Data.Validation, "test" => Data.Test, _ => Data.NewPairs };

    private static SceneSet[] All(SceneData data) => [data.Train, data.Validation, data.Test, data.NewPairs];

    private static string Said(Scene scene) => string.Join('\n', scene.Captions.Select(caption => $"{caption} {string.Join(' ', caption.SpeaksOf)}")) + string.Join('\n', scene.Objects.Select(each => $"{each.Size} {each.Colour} {each.Shape} {each.Box.Left} {each.Box.Top} {each.Box.Right} {each.Box.Bottom}"));

    private static string Hash(SceneData data) => Convert.ToHexString(SHA256.HashData([.. All(data).SelectMany(set => set.Pixels.Concat(Encoding.UTF8.GetBytes(string.Join('\n', set.Scenes.Select(Said)))))]));
}
