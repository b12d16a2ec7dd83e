using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class SelectionRateTests
{
    [Fact]
    public void The_price_is_that_of_the_algorithm_step_by_step()
    {
        using var scope = NewDisposeScope();
        using var rate = new SelectionRate(0.5) { Speed = 0.5, Stiffness = 2, Decay = 0.5 };
        // The mean rate is ¾, so C = log 3 − log 1.
        var (rates, c) = (tensor([0.5, 1.0], float64), Math.Log(3));

        Assert.Equal(0, rate.Penalty(rates).ToDouble());

        // C̄ = C / 2, λ = C / 4; the price is λ + 2 C̄.
        rate.Observe(rates);
        Assert.Equal(c / 4, rate.Multiplier, 1e-5);
        Assert.Equal((c / 4 + c) * c, rate.Penalty(rates).ToDouble(), 1e-4);

        // As far below: C̄ = C / 4 − C / 2, λ = C / 4 − C / 8; above the target the price is now negative.
        rate.Observe(tensor([0.25], float64));
        Assert.Equal(c / 8, rate.Multiplier, 1e-5);
        Assert.Equal((c / 8 - c / 2) * c, rate.Penalty(rates).ToDouble(), 1e-4);
    }

    [Fact]
    public void The_target_falls_evenly_in_log_odds_and_stays()
    {
        using var rate = new SelectionRate(0.1) { Start = 0.9, Settled = 0.5 };
        using var immediately = new SelectionRate(0.1);

        Assert.Equal([0.9, 0.75, 0.5, 0.25, 0.1, 0.1], new[] { 0, 0.125, 0.25, 0.375, 0.5, 1 }.Select(progress => Math.Round(rate.TargetAt(progress), 12)));
        Assert.Equal(0.1, immediately.TargetAt(0), 1e-12);
    }

    [Fact]
    public void The_rate_is_the_share_of_gates_that_may_open()
    {
        using var scope = NewDisposeScope();
        var scores = tensor([0.0, 0, 0, 0, /**/ 0, 0, 0, 0], [2, 1, 4]);
        var mask = tensor([true, true, true, true, /**/ true, true, false, false], [2, 4]);
        var gates = (Gates)new Sigmoid().call(scores, mask);

        Assert.Equal([0.5, 0.5], SelectionRate.Of(gates, mask).flatten().data<double>().ToArray());
        Assert.Equal([0.5, 0.25], SelectionRate.Of(gates).flatten().data<double>().ToArray());
    }

    // Where the loss alone would end, and where it must: at a target below, and at one above.
    [Theory]
    [InlineData(0.8, 0.3)]
    [InlineData(0.05, 0.3)]
    [InlineData(0.3, 0.6)]
    [InlineData(0.9, 0.07)]
    public void It_converges_to_the_target_from_both_sides_and_lambda_to_the_exact_multiplier(double wanted, double target)
    {
        using var scope = NewDisposeScope();
        using var rate = new SelectionRate(target);
        var score = nn.Parameter(zeros(1, 1, 1, float64));
        using var descent = optim.SGD([score], 0.3);

        for (var step = 0; step < 1000; step++)
        {
            using var each = NewDisposeScope();
            var rates = SelectionRate.Of(Gated(score));
            var loss = 2 * (rates - wanted).square().sum() + rate.Penalty(rates);
            descent.zero_grad();
            loss.backward();
            descent.step();
            rate.Observe(rates.detach());
        }

        var reached = SelectionRate.Of(Gated(score)).item<double>();
        Assert.Equal(target, reached, 1e-3);
        // The gradient at the log-odds of the rate is 0: 4 (r − wanted) r (1 − r) + λ = 0.
        Assert.Equal(-4 * (target - wanted) * target * (1 - target), rate.Multiplier, 1e-2);
    }

    // In shares the pull would be r (1 − r), 10⁻⁵ here.
    [Theory]
    [InlineData(-12.0)]
    [InlineData(12.0)]
    public void Gates_that_are_all_shut_or_all_open_are_still_pulled_at(double score)
    {
        using var scope = NewDisposeScope();
        using var rate = new SelectionRate(0.5);
        var scores = full([2, 1, 3], score, float64).requires_grad_();
        var rates = SelectionRate.Of(Gated(scores));
        rate.Observe(rates.detach());

        rate.Penalty(rates).backward();

        // λ + ρ C̄ has the sign of the score, and dC/de is 1 for all scores together, but for what keeps the logarithm finite.
        var price = rate.Multiplier + rate.Multiplier / rate.Speed;
        Assert.InRange(scores.grad!.sum().ToDouble() / price, 0.8, 1);
        Assert.Equal(Math.Sign(score), Math.Sign(price));
    }

    [Fact]
    public void Its_state_is_saved_and_loaded()
    {
        using var scope = NewDisposeScope();
        using var first = new SelectionRate(0.2);
        using var second = new SelectionRate(0.2);
        for (var i = 0; i < 5; i++) first.Observe(tensor(0.9, float64));
        using var written = new MemoryStream();

        first.save(written);
        using var read = new MemoryStream(written.ToArray());
        second.load(read);
        first.Observe(tensor(0.4, float64));
        second.Observe(tensor(0.4, float64));

        Assert.Equal(first.Multiplier, second.Multiplier);
        Assert.Equal(first.Penalty(tensor(0.5, float64)).ToDouble(), second.Penalty(tensor(0.5, float64)).ToDouble());
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        using var scope = NewDisposeScope();
        using var rate = new SelectionRate(0.5);
        var rates = tensor([0.1, 0.9]).requires_grad_();

        Assert.Equal(0, LiveTensors.HandedOverBy(() => rate.Observe(rates)));
        Assert.Equal(1, LiveTensors.HandedOverBy(() => rate.Penalty(rates)));
    }

    [Fact]
    public void A_rate_that_is_no_share_is_an_error()
    {
        foreach (var target in new[] { 0, 1, -0.1, double.NaN })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new SelectionRate(target));
            Assert.Throws<ArgumentOutOfRangeException>(() => new SelectionRate(0.5) { Start = target });
        }

        using var rate = new SelectionRate(0.5);
        Assert.Throws<ArgumentNullException>(() => rate.Penalty(null!));
        Assert.Throws<ArgumentNullException>(() => rate.Observe(null!));
        Assert.Throws<ArgumentNullException>(() => SelectionRate.Of(null!));
    }

    private static Gates Gated(Tensor scores) => (Gates)new Sigmoid().call(scores, null);
}
