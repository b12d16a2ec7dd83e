using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Two looks: with all cells it is one look, with some it computes nothing elsewhere, and its expected gradient is that of the enumeration.</summary>
public class CoarseToFineTests
{
    private const long B = 3, T = 2, C = 4, F = 4, N = 16, D = 5;

    [Fact]
    public void Square_cells_hold_what_lies_in_them()
    {
        using var scope = NewDisposeScope();

        Assert.Equal([0L, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15], CoarseToFine.SquareCells(4, 2).data<long>().ToArray());
        Assert.Equal([1L, 9], CoarseToFine.SquareCells(3, 3).shape);
        Assert.Throws<ArgumentException>(() => CoarseToFine.SquareCells(5, 2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_all_cells_it_is_soft_attention_over_all_locations(bool masked)
    {
        using var scope = NewDisposeScope();
        using var fine = new Attention(new ScaledDotScore(), new Softmax(), new Expected());
        using var looks = new CoarseToFine(Coarse(new TopK((int)C)), fine, CoarseToFine.SquareCells(4, 2));
        var (query, coarse, keys, values) = Inputs(float64);
        var mask = masked ? Mask() : null;

        var result = looks.forward(query, coarse, keys, values, mask);
        var once = fine.forward(query, keys, values, mask);

        Assert.True(result.Attended.Context.allclose(once.Context, 0, 1e-12));
        Assert.True(result.Attended.Weights.allclose(once.Weights, 0, 1e-12));
        Assert.Null(result.Attended.LogProbability);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void It_looks_softly_at_the_chosen_cells_only(int count, bool masked)
    {
        using var scope = NewDisposeScope();
        using var looks = Looks(count == 1 ? new Sampled() : new TopK(count));
        using var generator = new Generator(4);
        var (query, coarse, keys, values) = Inputs(float64);
        var mask = masked ? Mask() : ones(B, N, @bool);

        var result = looks.forward(query, coarse, keys, values, mask, generator);

        var members = CoarseToFine.SquareCells(4, 2);
        for (var b = 0; b < B; b++)
        {
            for (var t = 0; t < T; t++)
            {
                var chosen = result.Coarse.Choice![b, t].data<long>().Where(cell => cell >= 0).SelectMany(cell => members[cell].data<long>().ToArray()).Where(n => mask[b, n].ToBoolean()).ToArray();
                var exponentials = Enumerable.Range(0, (int)N).Select(n => chosen.Contains(n) ? Math.Exp(query[b, t].dot(keys[b, n]).ToDouble() / Math.Sqrt(3)) : 0).ToArray();
                var expected = tensor(exponentials.Select(e => e / Math.Max(exponentials.Sum(), 1e-300)).ToArray());
                Assert.True(result.Attended.Weights[b, t].allclose(expected, 0, 1e-12));
                Assert.True(result.Attended.Context[b, t].allclose(expected.matmul(values[b]), 0, 1e-12));
                Assert.Equal(chosen.Order(), result.Attended.Choice![b, t].data<long>().Where(n => n >= 0).Order());
            }
        }
    }

    [Fact]
    public void Fine_keys_and_values_are_computed_in_the_chosen_cells_only()
    {
        using var scope = NewDisposeScope();
        using var looks = Looks(new Sampled());
        using var generator = new Generator(4);
        var (query, coarse, keys, values) = Inputs(float64);
        var (countedKeys, countedValues) = (new CountedValues(keys), new CountedValues(values));

        var result = looks.forward(query, coarse, countedKeys.Lazy, countedValues.Lazy, null, generator);

        Assert.Equal((0, 0), (countedKeys.CallsOfAll, countedValues.CallsOfAll));
        Assert.Equal(result.Attended.Choice!.data<long>().ToArray(), Assert.Single(countedKeys.Asked));
        Assert.Equal(result.Attended.Choice!.data<long>().ToArray(), Assert.Single(countedValues.Asked));
        Assert.Equal(B * T * N / C, countedValues.Asked[0].Length);
    }

    [Fact]
    public void Hard_twice_reads_one_value_and_records_both_choices()
    {
        using var scope = NewDisposeScope();
        using var looks = Looks(new Sampled(), new Sampled());
        using var generator = new Generator(4);
        var (query, coarse, keys, values) = Inputs(float64);
        var counted = new CountedValues(values);

        var result = looks.forward(query, coarse, keys, counted.Lazy, null, generator);

        Assert.Equal(0, counted.CallsOfAll);
        Assert.Equal(B * T, Assert.Single(counted.Asked).Length);
        var (choice, within) = (result.Attended.Choice!, result.Attended.Weights);
        Assert.True(result.Attended.Context.Equals(values.gather(1, choice.expand(B, T, D))));
        var cell = result.Coarse.Weights.gather(-1, result.Coarse.Choice!).squeeze(-1);
        Assert.True(result.Attended.LogProbability!.allclose((cell * within.gather(-1, choice).squeeze(-1)).log(), 0, 1e-12));
        Assert.True(result.Attended.Entropy!.ge(result.Coarse.Entropy!).all().ToBoolean());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_agree_with_central_differences(bool masked)
    {
        using var scope = NewDisposeScope();
        var coarse = new Attention(new AdditiveScore(3, 3, 4), new Softmax(), new Sampled());
        using var looks = Draw.Weights(new CoarseToFine(coarse, new Attention(new AdditiveScore(3, 3, 4), new Softmax(), new Expected()), CoarseToFine.SquareCells(4, 2)), 1);
        var (query, cells, keys, values) = (Draw.Leaf(2, B, T, 3), Draw.Leaf(3, B, C, 3), Draw.Leaf(4, B, N, 3), Draw.Leaf(5, B, N, 2));
        var mask = masked ? Mask() : null;
        AttentionResult Attend()
        {
            using var generator = new Generator(5);
            return looks.forward(query, cells, keys, values, mask, generator).Attended;
        }

        foreach (var part in new Func<AttentionResult, Tensor>[] { result => result.Context, result => result.Weights, result => result.LogProbability!, result => result.Entropy! })
        {
            var result = GradCheck.Run(looks, () => part(Attend()), query, cells, keys, values);
            Assert.True(result.Within(1e-7), result.ToString());
        }
    }

    [Fact]
    public void An_estimator_s_mean_gradient_of_the_coarse_scores_is_that_of_the_enumeration()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(8);
        const int Replications = 20_000;
        using var looks = Looks(new Sampled());
        var (query, cells, keys, values) = (Draw.Normal(2, [1, 1, 3]), Draw.Normal(3, [1, C, 3]), Draw.Normal(4, [1, N, 3]), Draw.Normal(5, [1, N, 2]));
        Tensor Many(Tensor one) => one.expand(Replications, one.shape[1], one.shape[2]);
        var drawn = Many(cells).clone().requires_grad_();

        var attended = looks.forward(Many(query), drawn, Many(keys), Many(values), null, generator).Attended;
        using var estimator = new Reinforce();
        estimator.Surrogate(attended.Context.square().sum([1L, 2]), attended).backward();
        var estimates = drawn.grad! * Replications;

        var exact = cells.clone().requires_grad_();
        var weights = nn.functional.softmax(query.matmul(exact.transpose(1, 2)) / Math.Sqrt(3), -1);
        var members = CoarseToFine.SquareCells(4, 2);
        var expected = zeros(1, float64);
        for (var c = 0; c < C; c++)
        {
            var (near, there) = (keys.index_select(1, members[c]), values.index_select(1, members[c]));
            var read = nn.functional.softmax(query.matmul(near.transpose(1, 2)) / Math.Sqrt(3), -1).matmul(there);
            expected += weights[0, 0, c] * read.square().sum();
        }

        expected.backward();
        var z = ((estimates.mean([0L]) - exact.grad![0]) / (estimates.std(0) / Math.Sqrt(Replications))).abs().max().ToDouble();
        Assert.True(z < 4, $"off by {z} standard errors");
        Assert.True((exact.grad![0] / (estimates.std(0) / Math.Sqrt(Replications))).abs().max().ToDouble() > 8, "no gradient at all would show");
    }

    [Fact]
    public void A_row_without_any_location_attends_to_nothing_without_NaN()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        foreach (var read in new Read[] { new Sampled(), new TopK(2), new MostLikely() })
        {
            using var looks = Looks(read);
            var (query, coarse, keys, values) = Inputs(float32);
            keys.requires_grad_();
            var mask = ones(B, N, @bool);
            mask[0] = false;

            var attended = looks.forward(query, coarse, keys, values, mask, generator).Attended;
            (attended.Context.sum() + (attended.LogProbability?.sum() ?? 0)).backward();

            Assert.Equal(0, attended.Context[0].abs().sum().ToSingle());
            Assert.Equal(0, attended.Weights[0].abs().sum().ToSingle());
            Assert.True(attended.Choice![0].lt(0).all().ToBoolean());
            Assert.True(keys.grad!.isfinite().all().ToBoolean());
            Assert.Equal(0, keys.grad![0].abs().sum().ToSingle());
        }
    }

    [Fact]
    public void An_empty_batch_and_a_single_location_are_like_any_other()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var looks = Looks(new Sampled());
        var empty = looks.forward(zeros(0, T, 3), zeros(0, C, 3), zeros(0, N, 3), zeros(0, N, D), ones(0, N, @bool), generator);
        Assert.Equal([0L, T, D], empty.Attended.Context.shape);
        Assert.Equal([0L, T, N], empty.Attended.Weights.shape);

        using var single = new CoarseToFine(Coarse(new Sampled()), Coarse(new Expected()), zeros(1, 1, int64));
        var value = Draw.Normal(1, [1, 1, D], ScalarType.Float32);
        Assert.True(single.forward(zeros(1, 1, 3), zeros(1, 1, 3), zeros(1, 1, 3), value, null, generator).Attended.Context.Equals(value));
    }

    [Fact]
    public void It_is_saved_and_loaded_and_changes_its_dtype()
    {
        using var scope = NewDisposeScope();
        CoarseToFine Make(ulong seed) => Draw.Weights(new CoarseToFine(Coarse(new TopK(2)), new Attention(new AdditiveScore(3, 3, 4), new Softmax(), new Expected()), CoarseToFine.SquareCells(4, 2)), seed);
        using var looks = Make(1);
        using var other = Make(2);
        var (query, coarse, keys, values) = Inputs(float64);
        Saved.Copy(looks, other);

        Assert.True(other.forward(query, coarse, keys, values).Attended.Context.Equals(looks.forward(query, coarse, keys, values).Attended.Context));
        looks.to(float32);
        Assert.Equal(float32, looks.forward(query.to(float32), coarse.to(float32), keys.to(float32), values.to(float32)).Attended.Context.dtype);
    }

    [Fact]
    public void Nothing_is_handed_over_but_the_records()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var (query, coarse, keys, values) = Inputs(float32);
        var mask = Mask();
        foreach (var (read, within) in new (Read, Read)[] { (new Sampled(), new Expected()), (new TopK(2), new Expected()), (new Sampled(), new Sampled()), (new MostLikely(), new TopK(2)) })
        {
            using var looks = Looks(read, within);
            var result = looks.forward(query, coarse, keys, values, mask, generator);
            var tensors = LiveTensors.Of(result.Attended) + LiveTensors.Of(result.Coarse);

            Assert.Equal(tensors, LiveTensors.HandedOverBy(() => looks.forward(query, coarse, new CountedValues(keys).Lazy, new CountedValues(values).Lazy, mask, generator)));
            Assert.Equal(0, LiveTensors.LeftBy(() => looks.forward(query, coarse, keys, values, null, generator)));
        }
    }

    [Fact]
    public void What_does_not_fit_is_an_error_that_names_it()
    {
        using var scope = NewDisposeScope();
        using var looks = Looks(new TopK(2));
        using var soft = Looks(new Expected());
        var (query, coarse, keys, values) = Inputs(float32);

        Assert.Contains("give it a read that chooses", Assert.Throws<InvalidOperationException>(() => soft.forward(query, coarse, keys, values)).Message, StringComparison.Ordinal);
        Assert.StartsWith("coarseKeys has shape", Assert.Throws<ArgumentException>(() => looks.forward(query, zeros(B, C + 1, 3), keys, values)).Message, StringComparison.Ordinal);
        Assert.StartsWith("mask has shape", Assert.Throws<ArgumentException>(() => looks.forward(query, coarse, keys, values, ones(B, C, @bool))).Message, StringComparison.Ordinal);
        Assert.StartsWith("values has shape [3, 15, 3]", Assert.Throws<ArgumentException>(() => looks.forward(query, coarse, zeros(B, N - 1, 3), values)).Message, StringComparison.Ordinal);
        Assert.StartsWith("values has shape", Assert.Throws<ArgumentException>(() => looks.forward(query, coarse, keys, zeros(B, N - 1, D))).Message, StringComparison.Ordinal);
        Assert.StartsWith("members must hold each of 0..3 once", Assert.Throws<ArgumentException>(() => new CoarseToFine(Coarse(new Sampled()), Coarse(new Expected()), zeros(2, 2, int64))).Message, StringComparison.Ordinal);
    }

    private static Attention Coarse(Read read) => new(new ScaledDotScore(), new Softmax(), read);

    private static CoarseToFine Looks(Read coarse, Read? fine = null) => new(Coarse(coarse), Coarse(fine ?? new Expected()), CoarseToFine.SquareCells(4, 2));

    private static (Tensor Query, Tensor Coarse, Tensor Keys, Tensor Values) Inputs(ScalarType dtype) =>
        (Draw.Normal(2, [B, T, 3], dtype), Draw.Normal(3, [B, C, 3], dtype), Draw.Normal(4, [B, N, 3], dtype), Draw.Normal(5, [B, N, D], dtype));

    // Closes a whole cell of the first example, parts of the others.
    private static Tensor Mask()
    {
        var mask = Draw.Normal(6, [B, N]) > -0.5;
        foreach (var place in new[] { 0, 1, 4, 5 }) mask[0, place] = false;
        return mask;
    }
}
