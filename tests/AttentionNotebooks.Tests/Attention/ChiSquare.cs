using MathNet.Numerics.Distributions;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Pearson's chi-square tests, giving the probability of counts at least as far off.</summary>
internal static class ChiSquare
{
    /// <summary>Do counts come from these probabilities? A count where the probability is 0 gives 0.</summary>
    public static double GoodnessOfFit(IReadOnlyList<long> counts, IReadOnlyList<double> probabilities)
    {
        var total = counts.Sum();
        var (statistic, cells) = (0.0, 0);
        for (var i = 0; i < counts.Count; i++)
        {
            var expected = total * probabilities[i];
            if (expected <= 0)
            {
                if (counts[i] > 0) return 0;
                continue;
            }

            statistic += Math.Pow(counts[i] - expected, 2) / expected;
            cells++;
        }

        return cells < 2 ? 1 : 1 - ChiSquared.CDF(cells - 1, statistic);
    }

    /// <summary>Are the rows of a contingency table independent of its columns?</summary>
    public static double Independence(long[,] table)
    {
        var (rows, columns) = (table.GetLength(0), table.GetLength(1));
        var row = Enumerable.Range(0, rows).Select(i => Enumerable.Range(0, columns).Sum(j => (double)table[i, j])).ToArray();
        var column = Enumerable.Range(0, columns).Select(j => Enumerable.Range(0, rows).Sum(i => (double)table[i, j])).ToArray();
        var total = row.Sum();
        var statistic = 0.0;
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var expected = row[i] * column[j] / total;
                statistic += Math.Pow(table[i, j] - expected, 2) / expected;
            }
        }

        return 1 - ChiSquared.CDF((rows - 1) * (columns - 1), statistic);
    }

    /// <summary>How often each of 0..n−1 occurs.</summary>
    public static long[] Counts(Tensor integers, int n) => [.. integers.flatten().bincount(null, n).data<long>()];
}
