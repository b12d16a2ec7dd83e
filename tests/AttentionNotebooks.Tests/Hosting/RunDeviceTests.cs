using TorchSharp;

namespace AttentionNotebooks.Tests;

public sealed class RunDeviceTests
{
    [Theory]
    [InlineData(null, false, false, DeviceType.CPU)]
    [InlineData("auto", false, true, DeviceType.CPU)]
    [InlineData("auto", true, false, DeviceType.CPU)]
    [InlineData("", true, true, DeviceType.CUDA)]
    [InlineData("auto", true, true, DeviceType.CUDA)]
    [InlineData("cpu", true, true, DeviceType.CPU)]
    [InlineData("cuda", true, true, DeviceType.CUDA)]
    public void The_choice_decides_and_auto_takes_a_GPU_that_can_be_used(string? choice, bool inBuild, bool available, DeviceType expected) =>
        Assert.Equal(expected, RunDevice.Of(choice, inBuild, () => available));

    [Theory]
    [InlineData(false, "dotnet build -c Release -p:TorchBackend=cuda")]
    [InlineData(true, "driver")]
    public void A_GPU_that_is_not_there_is_an_error_with_its_remedy(bool inBuild, string remedy) =>
        Assert.Contains(remedy, Assert.Throws<DeviceUnavailableException>(() => RunDevice.Of("cuda", inBuild, () => false)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_device_that_means_nothing_is_named() =>
        Assert.Contains("ATTENTION_DEVICE is “tpu”", Assert.Throws<FormatException>(() => RunDevice.Of("tpu")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_build_without_CUDA_never_asks_for_a_GPU() =>
        Assert.Equal(DeviceType.CPU, RunDevice.Of("auto", inBuild: false, () => throw new InvalidOperationException("asked")));
}
