using static TorchSharp.torch;

namespace AttentionNotebooks;

public class EarlyStoppingTests
{
    private static readonly TrainingOptions Options = new() { Steps = 60, ReportEvery = 5, ValidateEvery = 1 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_ends_when_patience_does_and_goes_back_to_the_best_weights(bool higher)
    {
        using var scope = NewDisposeScope();
        var sign = higher ? -1 : 1;
        var places = new List<float[]>();
        QuadraticLearner? learner = null;
        // Best at the third validation.
        learner = new QuadraticLearner
        {
            Validation = time =>
            {
                places.Add(learner!.Place);
                return sign * Math.Abs(time - 3);
            },
        };

        var history = Run(learner, Options with { EarlyStopping = new("distance", 4, higher) });

        Assert.Equal(7 * 5, history.Last!.Step);
        Assert.Equal(60, history.Planned);
        Assert.Equal(places[2], learner.Place);
        Assert.NotEqual(places[6], learner.Place);
    }

    [Fact]
    public void A_gain_renews_patience_and_an_equal_value_is_none()
    {
        using var scope = NewDisposeScope();
        double[] values = [5, 5, 4, 4, 4, 3];

        var history = Run(new QuadraticLearner { Validation = time => values[time - 1] }, Options with { EarlyStopping = new("distance", 2) });

        Assert.Equal(5 * 5, history.Last!.Step);
    }

    [Fact]
    public void Without_it_a_run_goes_to_its_end_with_the_last_weights()
    {
        using var scope = NewDisposeScope();
        var learner = new QuadraticLearner { Validation = time => time };

        var history = Run(learner, Options);

        Assert.Equal(60, history.Last!.Step);
        Assert.Equal(60, learner.Steps);
    }

    [Fact]
    public void Validation_comes_at_its_points_and_the_last_and_is_not_a_number_between()
    {
        using var scope = NewDisposeScope();
        var learner = new QuadraticLearner { Validation = time => time };

        var history = Run(learner, Options with { Steps = 35, ValidateEvery = 3 });

        Assert.Equal([double.NaN, double.NaN, 1, double.NaN, double.NaN, 2, 3], history["distance"]);
        Assert.Equal(3, learner.Validations);
    }

    private static TrainingHistory Run(QuadraticLearner learner, TrainingOptions options)
    {
        using var generator = new Generator(1);
        return new Trainer(options).Run(learner, generator);
    }
}
