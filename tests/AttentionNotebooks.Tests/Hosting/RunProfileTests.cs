namespace AttentionNotebooks.Tests;

public sealed class RunProfileTests
{
    [Theory]
    [InlineData(null, null, false, 0)]
    [InlineData("", "", false, 0)]
    [InlineData("quick", "7", false, 7)]
    [InlineData("full", "12", true, 12)]
    public void The_environment_decides(string? profile, string? seed, bool full, long number) =>
        Assert.Equal(new RunProfile(full, number, 1), RunProfile.Parse(profile, seed));

    [Fact]
    public void A_profile_that_means_nothing_is_named()
    {
        var error = Assert.Throws<FormatException>(() => RunProfile.Parse("fast", null));
        Assert.Contains("ATTENTION_PROFILE is “fast”", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("one")]
    [InlineData("1.5")]
    public void A_seed_that_means_nothing_is_named(string seed)
    {
        var error = Assert.Throws<FormatException>(() => RunProfile.Parse("quick", seed));
        Assert.Contains($"ATTENTION_SEED is “{seed}”", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Quick_and_full_choose()
    {
        Assert.Equal(10, new RunProfile(false, 0, 1).Choose(10, 100));
        Assert.Equal(100, new RunProfile(true, 0, 1).Choose(10, 100));
    }
}
