namespace AttentionNotebooks;

public class RealDigitsTests
{
    [SkippableTheory]
    [InlineData("MNIST", "mnist", new byte[] { 5, 0, 4, 1, 9 }, new byte[] { 7, 2, 1, 0, 4 })]
    [InlineData("Fashion-MNIST", "fashion-mnist", new byte[] { 9, 0, 0, 3, 0 }, new byte[] { 9, 2, 1, 1, 6 })]
    public void The_published_files_have_the_published_counts_and_labels(string name, string folder, byte[] firstTrain, byte[] firstTest)
    {
        var root = DataRoot.Find();
        Skip.IfNot(Directory.Exists(root.Of(folder)), $"{name} is not in {root}");

        var data = string.Equals(folder, "mnist", StringComparison.Ordinal) ? Digits.Mnist(root) : Digits.FashionMnist(root);

        Assert.Equal((name, 60_000, 10_000), (data.Name, data.Train.Count, data.Test.Count));
        Assert.Equal(firstTrain, data.Train.Labels[..5]);
        Assert.Equal(firstTest, data.Test.Labels[..5]);
        Assert.Equal(255, data.Train.Image(0).ToArray().Max());
    }
}
