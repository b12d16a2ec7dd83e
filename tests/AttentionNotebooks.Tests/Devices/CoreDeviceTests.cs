using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>
/// The core follows its inputs to their device. There need not be a GPU to see it: sources tell who makes a tensor, and the device <c>meta</c>, which
/// knows shapes and no numbers, does what libtorch has kernels for there (no abs, logical_not, where, flip, convolution): so most scores.
/// </summary>
public class CoreDeviceTests
{
    private const long B = 3, N = 6, D = 4;

    // Made by a constructor or a factory, where there is no input yet: a parameter or buffer moves with its module.
    private static readonly (string File, string Call)[] WithoutInput =
    [
        ("SelectionRate.cs", "torch.zeros([], torch.float64).DetachFromDisposeScope()"),
        ("MovingAverage.cs", "torch.zeros([], torch.float64).DetachFromDisposeScope()"),
        ("AlphaEntmax.cs", "torch.tensor(alpha, torch.float64).DetachFromDisposeScope()"),
        ("CoarseToFine.cs", "torch.arange(side * side, torch.int64)"),
        ("RandomNumbers.cs", "torch.randint(bound, shape, torch.int64, torch.CPU, generator: generator)"),
        ("RandomNumbers.cs", "torch.rand(shape, dtype, torch.CPU, generator: generator)"),
        ("RandomNumbers.cs", "torch.randn(shape, dtype, torch.CPU, generator: generator)"),
    ];

    public static TheoryData<string> Scores => new(CombinationTests.All.Select(row => (string)row[0]).Distinct().Where(score => !score.StartsWith("Loca", StringComparison.Ordinal)));

    public static TheoryData<string> Modules => new(Made.Keys);

    private static Dictionary<string, Func<nn.Module>> Made { get; } = new(StringComparer.Ordinal)
    {
        ["Softmax"] = () => new Softmax(),
        ["AlphaEntmax"] = () => new AlphaEntmax(1.3),
        ["AlphaEntmax, learned"] = () => new AlphaEntmax(1.3, learned: true),
        ["Monotonic"] = () => new Monotonic(),
        ["Mocha"] = () => new Mocha(2),
        ["Sigmoid"] = () => new Sigmoid(),
        ["HardKuma"] = () => new HardKuma(),
        ["MultiHead"] = () => new MultiHead(Attend(), 2, 8),
        ["NormalizedAdditiveScore"] = () => new NormalizedAdditiveScore(D, D, 3),
        ["LocationAwareScore"] = () => new LocationAwareScore(D, D, 3, filters: 2, width: 3),
        ["Reinforce"] = () => new Reinforce(new MovingAverage()),
        ["Reinforce, learned baseline"] = () => new Reinforce(new LearnedBaseline(D)),
        ["Rebar"] = () => new Rebar(),
        ["Relax"] = () => new Relax(N),
        ["SelectionRate"] = () => new SelectionRate(0.3),
        ["AdaptiveSpan"] = () => new AdaptiveSpan(2, 5, 2, 3),
        ["AdaptiveComputation"] = () => new AdaptiveComputation(D, 5),
        ["PonderNet"] = () => new PonderNet(D, 5),
        ["ContextGate"] = () => new ContextGate(D),
        ["SentinelAttention"] = () => new SentinelAttention(Attend(), 3, D),
        ["CoarseToFine"] = () => new CoarseToFine(new Attention(new DotScore(), new Softmax(), new TopK(2)), Attend(), CoarseToFine.SquareCells(4, 2)),
        ["RecurrentAttention"] = () => Glimpses(new LocationPolicy(16, learned: true)),
        ["RecurrentAttention, at random"] = () => Glimpses(new UniformPolicy()),
        ["CanvasReader of two"] = () => new CanvasReader(Attend(), Seeded(), windows: new WindowGrid(60, 28, 8), objects: 2),
        ["SceneEncoder"] = () => new SceneEncoder(64, 8, Seeded()),
        ["ClevrEye"] = () => new ClevrEye(),
        ["Minibatches"] = () => new Minibatches(5),
    };

    [Fact]
    public void Nothing_in_the_core_makes_a_tensor_on_the_processor_by_itself()
    {
        var made = new Regex(@"torch\.(zeros|ones|empty|full|eye|arange|linspace|tensor|from_array|as_tensor|rand|randn|randint|randperm|normal)\(");
        var (calls, wrong) = (0, new List<string>());
        foreach (var file in new[] { "Attention", "Gradients", "Glimpses", "Adaptive", "Diagnostics" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Library(), folder), "*.cs", SearchOption.AllDirectories)))
        {
            foreach (var (line, number) in File.ReadAllLines(file).Select((line, index) => (line, index + 1)).Where(line => !line.line.TrimStart().StartsWith("//", StringComparison.Ordinal)))
            {
                foreach (Match match in made.Matches(line))
                {
                    calls++;
                    var arguments = Arguments(line[(match.Index + match.Length)..]);
                    var follows = arguments.Contains("device", StringComparison.OrdinalIgnoreCase);
                    var moves = line.Contains($"torch.nn.Parameter({match.Value}", StringComparison.Ordinal) || WithoutInput.Any(exception => Path.GetFileName(file) == exception.File && line.Contains(exception.Call, StringComparison.Ordinal));
                    if (!follows && !moves) wrong.Add($"{Path.GetFileName(file)}({number}): {line.Trim()}");
                }
            }
        }

        Assert.True(calls > 40, $"{calls} calls were looked at");
        Assert.True(wrong.Count == 0, "Without the device of an input:\n" + string.Join('\n', wrong));
    }

    [Fact]
    public void The_exceptions_are_still_there()
    {
        var sources = Directory.GetFiles(Library(), "*.cs", SearchOption.AllDirectories).ToLookup(Path.GetFileName);
        Assert.All(WithoutInput, exception => Assert.Contains(exception.Call, File.ReadAllText(sources[exception.File].Single()), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void All_that_a_module_holds_moves_with_it(string name)
    {
        using var scope = NewDisposeScope();
        using var module = Made[name]();

        module.to(META);

        var left = module.modules().Prepend(module).SelectMany(Held).Where(held => held.Tensor.device_type != DeviceType.META).ToArray();
        Assert.True(left.Length == 0, string.Join(", ", left.Select(held => held.Name)));
    }

    [Theory]
    [MemberData(nameof(Scores))]
    public void A_score_is_where_its_inputs_are(string name)
    {
        using var scope = NewDisposeScope();
        using var score = CombinationTests.Scorer(name);
        score.to(META);

        Assert.Equal(DeviceType.META, score.call(OnMeta(B, 2, D), OnMeta(B, N, D)).device_type);
    }

    [Fact]
    public void Mixing_devices_is_an_error_on_which_these_tests_rely() =>
        Assert.ThrowsAny<Exception>(() => OnMeta(2, 3) + zeros(2, 3));

    [Fact]
    public void One_seed_draws_the_same_for_every_device()
    {
        using var scope = NewDisposeScope();
        using var here = new Generator(3);
        using var there = new Generator(3);

        Assert.Equal(DeviceType.META, RandomNumbers.Uniform([2, 5], float64, META, there).device_type);
        Assert.Equal(DeviceType.META, RandomNumbers.Normal([2, 5], float32, META, there).device_type);
        var before = (rand([2, 5], float64, generator: here), randn([2, 5], float32, generator: here));

        Assert.Equal(DeviceType.CPU, before.Item1.device_type);
        Assert.Equal(here.get_state().data<byte>().ToArray(), there.get_state().data<byte>().ToArray());
        Assert.True(RandomNumbers.Uniform([4], float64, CPU, there).equal(rand([4], float64, generator: here)).all().ToBoolean());
    }

    private static Attention Attend() => new(new DotScore(), new Softmax(), new Expected());

    private static Generator Seeded() => new(1, CPU);

    private static RecurrentAttention Glimpses(GlancePolicy policy)
    {
        var retina = new Retina(4);
        return new(retina, new GlimpseNetwork(GlimpseNetwork.OfPixels(retina, features: 8), 8, 8, 16), policy, hidden: 16);
    }

    private static Tensor OnMeta(params long[] shape) => zeros(shape, float32, META);

    private static IEnumerable<(string Name, Tensor Tensor)> Held(nn.Module module)
    {
        for (var type = module.GetType(); type is not null && type.Assembly == typeof(Attention).Assembly; type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            {
                if (field.GetValue(module) is Tensor tensor) yield return ($"{type.Name}.{field.Name}", tensor);
            }
        }

        foreach (var (name, tensor) in module.named_parameters(recurse: false)) yield return ($"{module.GetName()}.{name}", tensor);
        foreach (var (name, tensor) in module.named_buffers(recurse: false)) yield return ($"{module.GetName()}.{name}", tensor);
    }

    private static string Arguments(string rest)
    {
        var depth = 1;
        for (var i = 0; i < rest.Length; i++)
        {
            depth += rest[i] is '(' ? 1 : rest[i] is ')' ? -1 : 0;
            if (depth == 0) return rest[..i];
        }

        return rest;
    }

    private static string Library([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../lib/AttentionNotebooks"));
}
