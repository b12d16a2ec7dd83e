using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

public class PointingGameTests
{
    // Nine windows of 4×4, edge to edge; the middle one, number 4, is 4..8 in both directions.
    private static readonly WindowGrid Windows = new(12, 4, 4);

    [Theory]
    [InlineData(5, 5, 6, 6, true)]
    [InlineData(0, 0, 12, 12, true)]
    [InlineData(7, 7, 9, 9, true)]
    [InlineData(0, 0, 5, 5, true)]
    [InlineData(8, 4, 12, 8, false)]
    [InlineData(0, 4, 4, 8, false)]
    [InlineData(4, 8, 8, 12, false)]
    [InlineData(4, 0, 8, 4, false)]
    [InlineData(5, 9, 6, 10, false)]
    [InlineData(9, 5, 10, 6, false)]
    [InlineData(0, 0, 4, 4, false)]
    public void A_window_touches_a_box_that_shares_a_pixel_with_it_and_not_one_that_it_only_meets(float left, float top, float right, float bottom, bool touches)
    {
        using var scope = NewDisposeScope();

        Assert.Equal(touches ? 1 : 0, PointingGame.Touches(At(4), Box(left, top, right, bottom), Windows).ToSingle());
    }

    [Theory]
    [InlineData(5, 5, 7, 7, 1, 0)]
    [InlineData(6, 6, 7, 7, 1, 0)]
    [InlineData(4, 4, 6, 6, 0, 0)]
    [InlineData(0, 0, 12, 12, 1, 1)]
    [InlineData(9, 2, 10, 4, 0, 1)]
    public void A_point_lies_in_a_box_from_its_left_and_top_to_before_its_right_and_bottom(float left, float top, float right, float bottom, int first, int second)
    {
        using var scope = NewDisposeScope();

        var inside = PointingGame.Inside(tensor([6f, 6, 9, 2], [1, 2, 2]), Box(left, top, right, bottom).unsqueeze(1));

        Assert.Equal([first, second], inside.flatten().to(int64).data<long>().ToArray().Select(hit => (int)hit));
    }

    [Theory]
    [InlineData(5, 5, 7, 7, true)]
    [InlineData(6, 6, 7, 7, true)]
    [InlineData(4, 4, 6, 6, false)]
    [InlineData(6, 4, 8, 6, false)]
    [InlineData(4, 6, 6, 8, false)]
    [InlineData(6, 6, 6, 7, false)]
    [InlineData(0, 0, 12, 12, true)]
    [InlineData(7, 0, 12, 12, false)]
    public void The_centre_lies_in_a_box_from_its_left_and_top_to_before_its_right_and_bottom(float left, float top, float right, float bottom, bool inside)
    {
        using var scope = NewDisposeScope();
        var box = Box(left, top, right, bottom);

        Assert.Equal(inside ? 1 : 0, PointingGame.CentreInside(At(4), box, Windows).ToSingle());
    }

    [Fact]
    public void Windows_that_share_the_greatest_weight_count_for_their_part()
    {
        using var scope = NewDisposeScope();
        // The box of window 0 alone, and that of windows 0 and 1.
        var boxes = tensor(new[] { 0f, 0, 4, 4, 0, 0, 8, 4 }, [2, 4]);

        var uniform = PointingGame.Touches(full([2, 1, 9], 1f / 9), boxes, Windows).data<float>().ToArray();
        var two = PointingGame.CentreInside((At(0) + At(8)).expand(2, 1, 9) / 2, boxes, Windows).data<float>().ToArray();

        Assert.Equal(1f / 9, uniform[0], 6);
        Assert.Equal(2f / 9, uniform[1], 6);
        Assert.Equal([0.5f, 0.5f], two);
    }

    [Fact]
    public void Every_example_is_scored_by_its_own_weights_and_box()
    {
        using var scope = NewDisposeScope();
        var weights = stack([At(0).squeeze(0), At(8).squeeze(0), At(8).squeeze(0)]);
        var boxes = tensor(new[] { 1f, 1, 3, 3, 1, 1, 3, 3, 9, 9, 11, 11 }, [3, 4]);

        Assert.Equal([1f, 0, 1], PointingGame.Touches(weights, boxes, Windows).data<float>().ToArray());
        Assert.Equal([1f, 0, 1], PointingGame.CentreInside(weights, boxes, Windows).data<float>().ToArray());
    }

    [Fact]
    public void A_centre_is_reachable_where_one_lies_in_the_box()
    {
        using var scope = NewDisposeScope();
        // Centres are at 2, 6 and 10.
        var boxes = tensor(new[] { 0f, 0, 12, 12, 3, 3, 6, 6, 3, 3, 7, 7, 3, 3, 7, 6, 10, 2, 11, 3 }, [5, 4]);

        Assert.Equal([1f, 0, 1, 0, 1], PointingGame.CentreReachable(boxes, Windows).data<float>().ToArray());
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_errors_that_name_the_tensor()
    {
        using var scope = NewDisposeScope();

        Assert.StartsWith("weights has shape [1, 9], expected [1, 1, 9].", Assert.Throws<ArgumentException>(() => PointingGame.Touches(At(0).squeeze(1), Box(0, 0, 1, 1), Windows)).Message, StringComparison.Ordinal);
        Assert.StartsWith("weights has shape [3, 1, 9], expected [1, 1, 9].", Assert.Throws<ArgumentException>(() => PointingGame.CentreInside(At(0).expand(3, 1, 9), Box(0, 0, 1, 1), Windows)).Message, StringComparison.Ordinal);
        Assert.StartsWith("boxes has shape [4], expected [B, 4].", Assert.Throws<ArgumentException>(() => PointingGame.Touches(At(0), zeros(4), Windows)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_handed_over_but_the_result()
    {
        using var scope = NewDisposeScope();
        var (weights, box) = (At(0), Box(0, 0, 1, 1));

        Assert.Equal(1, LiveTensors.HandedOverBy(() => PointingGame.Touches(weights, box, Windows)));
        Assert.Equal(1, LiveTensors.HandedOverBy(() => PointingGame.CentreInside(weights, box, Windows)));
        Assert.Equal(1, LiveTensors.HandedOverBy(() => PointingGame.CentreReachable(box, Windows)));
    }

    private static Tensor At(long window)
    {
        var weights = full([1, 1, 9], 0.01f);
        weights[0, 0, window] = tensor(0.92f);
        return weights;
    }

    private static Tensor Box(float left, float top, float right, float bottom) => tensor(new[] { left, top, right, bottom }, [1, 4]);
}
