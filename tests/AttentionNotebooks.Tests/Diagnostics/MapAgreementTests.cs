using static TorchSharp.torch;

namespace AttentionNotebooks;

public class MapAgreementTests
{
    [Fact]
    public void The_same_map_agrees_and_maps_without_a_common_location_do_not()
    {
        using var scope = NewDisposeScope();
        var map = Draw.Normal(1, [1, 4, 6]).softmax(-1);

        var same = MapAgreement.Of(cat([map, map, map]));
        var apart = MapAgreement.Of(tensor([0.7, 0.3, 0, 0, /**/ 0, 0, 0.4, 0.6], [2, 1, 4]));

        Assert.Equal(0, same.TotalVariation, 12);
        Assert.Equal(0, same.JensenShannon, 12);
        Assert.Equal((1.0, 1.0), (same.SameTop, Math.Round(same.Spearman, 12)));
        Assert.Equal(1, apart.TotalVariation, 12);
        Assert.Equal(Math.Log(2), apart.JensenShannon, 12);
        Assert.Equal(0, apart.SameTop);
    }

    [Fact]
    public void All_pairs_count_alike_by_the_formulas()
    {
        using var scope = NewDisposeScope();
        var maps = Draw.Normal(1, [3, 2, 5]).softmax(-1);

        var agreement = MapAgreement.Of(maps);

        var (variation, jensen, top, rank, count) = (0.0, 0.0, 0.0, 0.0, 0);
        foreach (var (i, j) in new[] { (0, 1), (0, 2), (1, 2) })
        {
            for (var b = 0; b < 2; b++, count++)
            {
                var (p, q) = (maps[i, b].data<double>().ToArray(), maps[j, b].data<double>().ToArray());
                variation += p.Zip(q, (x, y) => Math.Abs(x - y)).Sum() / 2;
                jensen += p.Zip(q, (x, y) => (x * Math.Log(2 * x / (x + y)) + y * Math.Log(2 * y / (x + y))) / 2).Sum();
                top += Array.IndexOf(p, p.Max()) == Array.IndexOf(q, q.Max()) ? 1 : 0;
                rank += MathNet.Numerics.Statistics.Correlation.Spearman(p, q);
            }
        }

        Assert.Equal(variation / count, agreement.TotalVariation, 12);
        Assert.Equal(jensen / count, agreement.JensenShannon, 12);
        Assert.Equal(top / count, agreement.SameTop, 12);
        Assert.Equal(rank / count, agreement.Spearman, 12);
    }

    [Fact]
    public void Equal_weights_share_their_rank_and_one_seed_is_an_error()
    {
        using var scope = NewDisposeScope();
        var (p, q) = (new[] { 0.4, 0.2, 0.2, 0.2 }, new[] { 0.1, 0.1, 0.5, 0.3 });

        Assert.Equal(MathNet.Numerics.Statistics.Correlation.Spearman(p, q), MapAgreement.Of(tensor([.. p, .. q], [2, 1, 4])).Spearman, 12);
        Assert.Equal(0, MapAgreement.Of(full([2, 1, 4], 0.25)).Spearman);
        Assert.Contains("at least 2", Assert.Throws<ArgumentException>(() => MapAgreement.Of(zeros(1, 2, 3))).Message, StringComparison.Ordinal);
    }
}
