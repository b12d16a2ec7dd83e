using System.Security.Cryptography;

namespace AttentionNotebooks;

public class SortOfClevrTests
{
    private static readonly SortOfClevrData Data = SortOfClevr.Draw(seed: 1, trainCount: 2_000, testCount: 200);

    [Fact]
    public void Every_answer_follows_from_the_picture_alone()
    {
        foreach (var scene in Data.Test)
        {
            var seen = SeenScene.Look(scene);
            foreach (var question in EveryQuestion()) Assert.Equal(seen.Answer(question), scene.Answer(question).Index);
        }
    }

    [Fact]
    public void The_box_of_an_object_is_the_tight_box_of_its_colour()
    {
        foreach (var scene in Data.Test)
            Assert.Equal(scene.Objects.Select(one => one.Box), SeenScene.Look(scene).Boxes);
    }

    [Fact]
    public void A_square_has_121_pixels_a_circle_81_and_none_is_covered()
    {
        // OpenCV's circle of radius 5, row by row: 1, 7, 9, 9, 9, 11, 9, 9, 9, 7, 1.
        foreach (var scene in Data.Train)
            Assert.Equal(scene.Objects.Select(one => one.IsCircle ? 81 : 121), SeenScene.Look(scene).Pixels);
    }

    [Fact]
    public void No_two_objects_overlap_and_all_lie_within_the_picture()
    {
        foreach (var scene in Data.Train)
        {
            var boxes = scene.Objects.Select(one => one.Box).ToArray();
            Assert.Equal(6, boxes.Length);
            Assert.All(boxes, box => Assert.True(box is { Left: >= 0, Top: >= 0, Right: <= 75, Bottom: <= 75 }));
            for (var i = 0; i < boxes.Length; i++)
            {
                for (var j = 0; j < i; j++)
                    Assert.True(boxes[i].Right <= boxes[j].Left || boxes[j].Right <= boxes[i].Left || boxes[i].Bottom <= boxes[j].Top || boxes[j].Bottom <= boxes[i].Top);
            }
        }
    }

    [Fact]
    public void The_object_that_decides_is_the_one_asked_about_or_the_closest_or_the_furthest()
    {
        foreach (var scene in Data.Test)
        {
            foreach (var question in EveryQuestion())
            {
                var (about, decides) = (question.Colour, scene.Answer(question).Decides);
                double DistanceTo(int other) => Math.Sqrt(Math.Pow(scene.Objects[other].X - scene.Objects[about].X, 2) + Math.Pow(scene.Objects[other].Y - scene.Objects[about].Y, 2));
                var others = Enumerable.Range(0, 6).Where(other => other != about).Select(DistanceTo).ToArray();
                if (question.Kind == ClevrQuestionKind.Count) Assert.Null(decides);
                else if (question.IsRelational) Assert.Equal(question.Kind == ClevrQuestionKind.Closest ? others.Min() : others.Max(), DistanceTo(decides!.Value));
                else Assert.Equal(about, decides);
            }
        }
    }

    [Fact]
    public void A_code_names_the_colour_the_type_and_the_subtype()
    {
        var codes = EveryQuestion().Select(Code).ToArray();

        Assert.Equal("00010010010", Code(new ClevrQuestion(3, ClevrQuestionKind.Left)));
        Assert.Equal("10000001100", Code(new ClevrQuestion(0, ClevrQuestionKind.Closest)));
        Assert.Equal(36, codes.Distinct(StringComparer.Ordinal).Count());
        Assert.All(codes, code => Assert.Equal([1, 1, 1], new[] { code[..6], code[6..8], code[8..] }.Select(part => part.Count(bit => bit == '1'))));
        Assert.Equal("Is the orange object left of the middle?", new ClevrQuestion(3, ClevrQuestionKind.Left).ToString());
    }

    [Fact]
    public void Questions_are_as_many_of_each_type_and_colours_and_kinds_are_equally_likely()
    {
        Assert.All(Data.Train, scene => Assert.Equal([.. Enumerable.Repeat(false, 10), .. Enumerable.Repeat(true, 10)], scene.Questions.Select(question => question.IsRelational)));
        var questions = Data.Train.SelectMany(scene => scene.Questions).ToArray();
        var counts = EveryQuestion().Select(question => (long)questions.Count(question.Equals)).ToArray();

        var p = ChiSquare.GoodnessOfFit(counts, [.. Enumerable.Repeat(1.0 / 36, 36)]);

        Assert.True(p > 1e-3, $"p = {p}");
    }

    // What a guess gets that knows the kind of question: a half, and for counts the likeliest of 1 + Binomial(5, ½), 10/32.
    [Theory]
    [InlineData(ClevrQuestionKind.Shape, 0.5)]
    [InlineData(ClevrQuestionKind.Left, 33.0 / 65)]
    [InlineData(ClevrQuestionKind.Above, 33.0 / 65)]
    [InlineData(ClevrQuestionKind.Closest, 0.5)]
    [InlineData(ClevrQuestionKind.Furthest, 0.5)]
    [InlineData(ClevrQuestionKind.Count, 10.0 / 32)]
    public void The_most_frequent_answer_is_right_no_more_often_than_chance(ClevrQuestionKind kind, double expected)
    {
        var answers = Data.Train.SelectMany(scene => scene.Questions.Where(question => question.Kind == kind).Select(question => scene.Answer(question).Index)).ToArray();
        var most = answers.GroupBy(answer => answer).Max(group => group.Count()) / (double)answers.Length;

        // 6,700 questions about 2,000 scenes.
        Assert.InRange(most, expected - 0.01, expected + 0.03);
    }

    [Fact]
    public void Several_equally_close_objects_of_different_shape_are_rare()
    {
        var (asked, undecided) = (0, 0);
        foreach (var scene in Data.Train)
        {
            foreach (var question in scene.Questions.Where(question => question.Kind is ClevrQuestionKind.Closest or ClevrQuestionKind.Furthest))
            {
                var decides = scene.Objects[scene.Answer(question).Decides!.Value];
                var about = scene.Objects[question.Colour];
                asked++;
                if (scene.Objects.Any(other => other != about && other.SquaredDistanceTo(about) == decides.SquaredDistanceTo(about) && other.IsCircle != decides.IsCircle)) undecided++;
            }
        }

        Assert.InRange(undecided / (double)asked, 0, 0.01);
    }

    [Fact]
    public void The_same_seed_draws_the_same_scenes_on_every_platform()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var pixels = new byte[ClevrScene.PictureBytes];
        foreach (var scene in Data.Train.Take(100).Concat(Data.Test.Take(100)))
        {
            scene.Paint(pixels);
            hash.AppendData(pixels);
            foreach (var question in scene.Questions) hash.AppendData([(byte)question.Colour, (byte)question.Kind, (byte)scene.Answer(question).Index]);
        }

        // From a second implementation of the generator, in Python.
        Assert.Equal("b1814fe79da00a25d1928d835ad4a150cf77a4656edee314d14a0337cad9a252", Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [Fact]
    public void A_longer_set_begins_with_the_shorter_one_and_the_sets_differ()
    {
        var few = SortOfClevr.Draw(seed: 1, trainCount: 30, testCount: 30);

        Assert.Equal(Data.Train.Take(30).Select(Contents), few.Train.Select(Contents));
        Assert.Equal(Data.Test.Take(30).Select(Contents), few.Test.Select(Contents));
        Assert.NotEqual(few.Train.Select(Contents), few.Test.Select(Contents));
        Assert.NotEqual(few.Train.Select(Contents), SortOfClevr.Draw(seed: 2, trainCount: 30, testCount: 0).Train.Select(Contents));
        // No test scene is a training scene.
        Assert.Empty(Data.Test.Select(Contents).Intersect(Data.Train.Select(Contents), StringComparer.Ordinal));
    }

    [Fact]
    public void Counts_below_zero_and_buffers_of_another_size_are_errors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SortOfClevr.Draw(0, trainCount: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SortOfClevr.Draw(0, testCount: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Data.Test[0].Paint(new byte[75 * 75]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClevrQuestion(0, ClevrQuestionKind.Left).Encode(new float[12]));
    }

    private static IEnumerable<ClevrQuestion> EveryQuestion() =>
        from colour in Enumerable.Range(0, 6) from kind in Enum.GetValues<ClevrQuestionKind>() select new ClevrQuestion(colour, kind);

    private static string Code(ClevrQuestion question)
    {
        var code = new float[11];
        question.Encode(code);
        return string.Concat(code);
    }

    private static string Contents(ClevrScene scene) => $"{string.Join(' ', scene.Objects)} {string.Join(' ', scene.Questions.Select(question => (question.Colour, question.Kind)))}";
}
