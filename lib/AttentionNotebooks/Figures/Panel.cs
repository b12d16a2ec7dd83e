namespace AttentionNotebooks;

/// <summary>One set of axes in a <see cref="LineChart"/>.</summary>
/// <param name="yName">What the y axis shows, with its unit: “loss (nats)”.</param>
/// <param name="series">The lines.</param>
public sealed class Panel(string yName, params IEnumerable<Series> series)
{
    /// <summary>What the y axis shows, with its unit.</summary>
    public string YName { get; } = yName;

    /// <summary>The lines.</summary>
    public IReadOnlyList<Series> Series { get; } = [.. series];

    /// <summary>Where the y axis starts; from the data unless given.</summary>
    public double? From { get; init; }

    /// <summary>Where the y axis ends; from the data unless given.</summary>
    public double? To { get; init; }

    /// <summary>Whether values are fractions, to be shown as percentages.</summary>
    public bool Percent { get; init; }

    /// <summary>Whether the y axis is logarithmic; its name then says so.</summary>
    public bool Log { get; init; }
}
