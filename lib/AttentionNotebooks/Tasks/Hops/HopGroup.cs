namespace AttentionNotebooks;

/// <summary>How a reader fared on the tables that take as many cards.</summary>
/// <param name="Length">How many cards there were to read.</param>
/// <param name="Accuracy">How many of the tables were answered right.</param>
/// <param name="Steps">The mean number of looks.</param>
public sealed record HopGroup(int Length, Proportion Accuracy, double Steps)
{
    /// <summary>Divides tables by how many cards they take, the fewest first.</summary>
    internal static IReadOnlyList<HopGroup> Of(HopReading reading, HopBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        var right = reading.Said.eq(batch.Answer).cpu().data<bool>().ToArray();
        var (steps, lengths) = (reading.Steps.cpu().data<long>().ToArray(), batch.Length.cpu().data<long>().ToArray());
        return [.. Enumerable.Range(0, right.Length).GroupBy(i => (int)lengths[i]).OrderBy(group => group.Key).Select(Group)];

        HopGroup Group(IGrouping<int, int> members) =>
            new(members.Key, new Proportion(members.Average(i => right[i] ? 1.0 : 0), members.Count()), members.Average(i => (double)steps[i]));
    }
}
