using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class GlimpseModelTests
{
    private const long B = 4;

    public static TheoryData<string> Models => ["RAM", "RAM centred", "RAM detached", "DRAM"];

    [Fact]
    public void Ram_is_its_equations_step_by_step()
    {
        using var scope = NewDisposeScope();
        var model = (RecurrentAttention)Make("RAM", float64);
        var weights = model.state_dict();
        var images = Draw.Normal(1, [B, 1, 12, 12]);
        Tensor Linear(string name, Tensor input) => nn.functional.linear(input, weights[name + ".weight"], weights[name + ".bias"]);

        var run = model.call(images, new Generator(3));

        var (state, logProbability) = (zeros(B, 6, float64), zeros(B, float64));
        for (var t = 0; t < 3; t++)
        {
            var location = run.Locations.select(1, t);
            var what = Linear("see.what.1", model.Retina.Glimpse(images, location).flatten(1)).relu();
            var glimpse = Linear("see.combine", cat([what, Linear("see.where", location).relu()], -1)).relu();
            state = Linear("recur", cat([state, glimpse], -1)).relu();
            Assert.True(run.States.select(1, t).allclose(state, 0, 1e-12));
            if (t == 2) break;
            var next = run.Locations.select(1, t + 1);
            var centre = Linear("policy.mean", state).tanh();
            // Where the draw was not cut, the location is the draw.
            var kept = next.abs().lt(1).all(-1);
            var expected = ((next - centre).square() / (-2 * 0.3 * 0.3) - Math.Log(0.3) - Math.Log(2 * Math.PI) / 2).sum(-1);
            Assert.True(run.LogProbability!.select(1, t).masked_select(kept).allclose(expected.masked_select(kept), 0, 1e-10));
            Assert.True(kept.any().ToBoolean());
        }

        Assert.True(run.Logits.squeeze(1).allclose(Linear("classify", state), 0, 1e-12));
        Assert.True(run.Features!.Equals(run.States.select(1, 0)));
    }

    [Fact]
    public void A_state_that_begins_with_the_identity_adds_up_what_is_seen()
    {
        using var scope = NewDisposeScope();
        var retina = new Retina(4);
        var model = new RecurrentAttention(retina, new GlimpseNetwork(GlimpseNetwork.OfPixels(retina, features: 6), 6, 6, 6), new CentrePolicy(), glimpses: 3, hidden: 6, centred: true);
        Initialization.Draw(model, new Generator(5));

        model.BeginWithIdentity();

        // The same glimpse again and again: where it adds to the state at all, it adds as much.
        var states = model.call(Draw.Normal(1, [B, 1, 12, 12], ScalarType.Float32), null).States;
        Assert.True(states.select(1, 0).sum().ToDouble() > 0);
        Assert.True(states.select(1, 2).allclose(3 * states.select(1, 0), 1e-5, 1e-6));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_run_records_what_its_estimator_needs(string name)
    {
        using var scope = NewDisposeScope();
        var model = Make(name, float32);
        var (objects, drawn) = name == "DRAM" ? (2, 4) : (1, 2);

        var run = model.call(Draw.Normal(1, [B, 1, 12, 12], ScalarType.Float32), new Generator(3));

        Assert.Equal([B, objects, 5], run.Logits.shape);
        Assert.Equal([B, model.Glimpses, 2], run.Locations.shape);
        Assert.Equal([B, model.Glimpses, 6], run.States.shape);
        Assert.Equal([B, drawn], run.LogProbability!.shape);
        Assert.Equal([B, drawn], run.Entropy!.shape);
        Assert.Equal([B, 6], run.Features!.shape);
        Assert.True(run.Locations.abs().le(1).all().ToBoolean());
        Assert.False(run.Locations.requires_grad || run.Features.requires_grad);
        if (name == "RAM centred") Assert.Equal(0, run.Locations.select(1, 0).abs().sum().ToDouble());
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void After_an_object_s_last_glimpse_it_would_tell_what_it_tells(string name)
    {
        using var scope = NewDisposeScope();
        var model = Make(name, float64);
        var run = model.call(Draw.Normal(1, [B, 1, 12, 12]), new Generator(3));

        var after = model.AfterEach(run);

        Assert.Equal([B, model.Glimpses, 5], after.shape);
        var (objects, glimpses) = (run.Logits.shape[1], model.Glimpses / run.Logits.shape[1]);
        Assert.True(after.reshape(B, objects, glimpses, 5).select(2, -1).allclose(run.Logits, 0, 1e-12));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_loss_alone_teaches_the_policy_nothing_and_the_score_function_all_of_it(string name)
    {
        using var scope = NewDisposeScope();
        var model = Make(name, float64);
        var images = Draw.Normal(1, [B, 1, 12, 12]);
        var policy = model.Policy.parameters().ToArray();

        model.call(images, new Generator(3)).Logits.square().sum().backward();
        Assert.All(policy, parameter => Assert.Null(parameter.grad));
        Assert.All(model.parameters().Except(policy).Where(parameter => parameter.grad is not null), parameter => Assert.True(parameter.grad!.isfinite().all().ToBoolean()));

        var run = model.call(images, new Generator(3));
        using var estimator = new Reinforce();
        estimator.Surrogate(_ => run.Cost(run.Logits.square().sum([1, 2]))).backward();
        Assert.All(policy, parameter => Assert.NotEqual(0, parameter.grad!.abs().sum().ToDouble()));
        // Through the state, what comes before the policy learns from the choice, too, unless the state is detached.
        model.zero_grad();
        model.call(images, new Generator(3)).LogProbability!.sum().backward();
        var before = model.parameters().Except(policy).Any(parameter => parameter.grad is not null && parameter.grad.abs().sum().ToDouble() > 0);
        Assert.Equal(name != "RAM detached", before);
        Assert.All(policy, parameter => Assert.NotEqual(0, parameter.grad!.abs().sum().ToDouble()));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_same_seed_looks_at_the_same_places_and_without_chance_it_needs_none(string name)
    {
        using var scope = NewDisposeScope();
        var model = Make(name, float32);
        var images = Draw.Normal(1, [B, 1, 12, 12], ScalarType.Float32);
        Tensor Places(ulong seed) => model.call(images, new Generator(seed)).Locations;

        Assert.True(Places(1).Equals(Places(1)));
        Assert.False(Places(1).Equals(Places(2)));
        Assert.Equal("generator", Assert.Throws<ArgumentNullException>(() => model.call(images, null)).ParamName);
        model.Policy.Deterministic = true;
        if (name is "RAM" or "RAM detached") return;
        var run = model.call(images, null);
        Assert.Null(run.LogProbability);
        Assert.True(run.Locations.Equals(model.call(images, null).Locations));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void It_is_saved_and_loaded_and_leaves_nothing(string name)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var (saved, loaded) = (Make(name, float32), Make(name, float32));
        var images = Draw.Normal(1, [B, 1, 12, 12], ScalarType.Float32);
        var file = Path.Combine(folder.Path, "model.dat");
        using (no_grad())
            foreach (var parameter in loaded.parameters()) parameter.add_(0.1);
        Assert.False(saved.call(images, new Generator(1)).Logits.Equals(loaded.call(images, new Generator(1)).Logits));
        saved.save(file);
        loaded.load(file);

        Assert.True(saved.call(images, new Generator(1)).Logits.Equals(loaded.call(images, new Generator(1)).Logits));
        using var generator = new Generator(1);
        Assert.Equal(6, LiveTensors.HandedOverBy(() => saved.call(images, generator)));
        void Pass()
        {
            var run = saved.call(images, generator);
            (run.Logits.sum() + run.LogProbability!.sum()).backward();
            saved.zero_grad();
        }

        Pass();
        Assert.Equal(0, LiveTensors.LeftBy(Pass));
    }

    [Fact]
    public void The_context_reaches_where_dram_looks_and_not_what_it_tells()
    {
        using var scope = NewDisposeScope();
        var model = Make("DRAM", float64);
        var images = Draw.Normal(1, [B, 1, 12, 12]);
        var context = model.named_parameters().Where(parameter => parameter.name.StartsWith("context", StringComparison.Ordinal)).Select(parameter => parameter.parameter).ToArray();

        model.call(images, new Generator(3)).Logits.sum().backward();
        Assert.All(context, parameter => Assert.Null(parameter.grad));
        model.call(images, new Generator(3)).LogProbability!.sum().backward();
        Assert.All(context, parameter => Assert.NotEqual(0, parameter.grad!.abs().sum().ToDouble()));
    }

    internal static GlimpseModel Make(string name, ScalarType dtype)
    {
        var retina = new Retina(4, 2);
        var see = new GlimpseNetwork(GlimpseNetwork.OfPixels(retina, features: 5), 5, 4, 6);
        var policy = new LocationPolicy(6, 0.3);
        GlimpseModel model = name == "DRAM"
            ? new DeepRecurrentAttention(retina, see, DeepRecurrentAttention.Coarse(hidden: 6), policy, classes: 5, objects: 2, glimpses: 2, hidden: 6)
            : new RecurrentAttention(retina, see, policy, classes: 5, glimpses: 3, hidden: 6, centred: name == "RAM centred", detached: name == "RAM detached");
        Draw.Weights(model, 2);
        model.to(dtype);
        return model;
    }
}
