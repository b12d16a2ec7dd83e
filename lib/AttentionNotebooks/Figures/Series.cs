namespace AttentionNotebooks;

/// <summary>One named line of a chart, run once or once per seed. It keeps its own copy of the values.</summary>
public sealed class Series
{
    /// <summary>A line of one run.</summary>
    /// <param name="name">What stands beside the line.</param>
    /// <param name="role">What it stands for, hence its colour.</param>
    /// <param name="x">Where, ascending.</param>
    /// <param name="y">How much, not more values than <paramref name="x"/>; NaN is a gap.</param>
    /// <exception cref="ArgumentException">More values than places.</exception>
    public Series(string name, Role role, IEnumerable<double> x, IEnumerable<double> y)
        : this(name, role, x, [y]) { }

    /// <summary>A line of several runs, one a seed: drawn thin, with their mean drawn thick.</summary>
    /// <param name="name">What stands beside the line.</param>
    /// <param name="role">What it stands for, hence its colour.</param>
    /// <param name="x">Where, ascending; the same for all runs.</param>
    /// <param name="runs">The values of each run; a run that is still going may be shorter.</param>
    /// <exception cref="ArgumentException">More values than places.</exception>
    public Series(string name, Role role, IEnumerable<double> x, IEnumerable<IEnumerable<double>> runs)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(runs);
        (Name, Role, X, Runs) = (name, role, x.ToArray(), runs.Select(run => run.ToArray()).ToArray());
        if (Array.Find(Runs, run => run.Length > X.Length) is { } tooLong)
            throw new ArgumentException($"Series “{name}” has {tooLong.Length} values for {X.Length} places: give every value its x.", nameof(runs));
    }

    /// <summary>What stands beside the line.</summary>
    public string Name { get; }

    /// <summary>What it stands for.</summary>
    public Role Role { get; }

    internal double[] X { get; }

    internal double[][] Runs { get; }

    /// <summary>The same series with an exponential moving average of each run in place of the run.</summary>
    /// <param name="smoothing">Weight of the past, from 0 (none) to below 1.</param>
    internal Series Smoothed(double smoothing) => new(Name, Role, X, Runs.Select(run => Smooth(run, smoothing)));

    /// <summary>The mean over the runs at each place, over those that have got there.</summary>
    internal double[] Mean()
    {
        int length = Runs.Length == 0 ? 0 : Runs.Max(run => run.Length);
        return [.. Enumerable.Range(0, length).Select(i => Reached(i).DefaultIfEmpty(double.NaN).Average())];
    }

    /// <summary>The lowest and the highest run at each place.</summary>
    internal (double[] Low, double[] High) Range()
    {
        int length = Runs.Length == 0 ? 0 : Runs.Max(run => run.Length);
        IEnumerable<int> places = Enumerable.Range(0, length);
        return ([.. places.Select(i => Reached(i).DefaultIfEmpty(double.NaN).Min())], [.. places.Select(i => Reached(i).DefaultIfEmpty(double.NaN).Max())]);
    }

    private IEnumerable<double> Reached(int i) => Runs.Where(run => i < run.Length && !double.IsNaN(run[i])).Select(run => run[i]);

    // s_t = Σ β^(t−i) y_i / Σ β^(t−i): without the denominator the first steps would lean towards zero.
    private static double[] Smooth(double[] run, double smoothing)
    {
        double sum = 0, weight = 0;
        return Array.ConvertAll(run, y =>
        {
            if (!double.IsFinite(y))
                return double.NaN;
            sum = (smoothing * sum) + y;
            weight = (smoothing * weight) + 1;
            return sum / weight;
        });
    }
}
