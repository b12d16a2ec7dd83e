using TorchSharp;

namespace AttentionNotebooks.Tests;

public sealed class NativeTorchTests : NativeBridge
{
    [Fact]
    public void Torch_computes()
    {
        using var scope = torch.NewDisposeScope();

        Assert.Equal(6f, torch.ones(2, 3).sum().item<float>());
    }

    [Fact]
    public void Loading_again_changes_nothing()
    {
        NativeTorch.EnsureLoaded();
        NativeTorch.EnsureLoaded();
    }

    [SkippableFact]
    public void The_patched_copy_loads_beside_the_real_libtorch()
    {
        _ = OriginalBytes();
        var copy = PatchedCopy.Of(Original, Folder);
        NativeTorch.EnsureLoaded();

        Assert.NotEqual(0, System.Runtime.InteropServices.NativeLibrary.Load(copy));
    }

    [Theory]
    [InlineData("torch_cuda")]
    [InlineData("libLibTorchSharp")]
    [InlineData("")]
    public void Other_names_are_left_to_others(string name)
    {
        Assert.Equal(0, NativeTorch.Resolve(typeof(torch).Assembly, name));
    }

    [Fact]
    public void Missing_natives_are_named_with_every_folder_and_the_package()
    {
        var other = Path.Combine(Folder, "other");

        var error = Assert.Throws<NativeLibraryException>(() => NativeTorch.Load(NativePlatform.Of("linux-x64"), [Folder, other], Folder));
        Assert.Contains($"libLibTorchSharp.so is in none of {Folder}, {other}", error.Message, StringComparison.Ordinal);
        Assert.Contains("TorchSharp-cpu 0.107.0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linux-x64", "GCC 13")]
    [InlineData("osx-arm64", "arm64")]
    [InlineData("win-x64", "Visual C++ Redistributable")]
    public void Natives_that_do_not_load_bring_the_remedy_for_their_platform(string rid, string remedy)
    {
        var platform = NativePlatform.Of(rid);
        foreach (var file in platform.Torch.Append(platform.Bridge))
            File.WriteAllText(Path.Combine(Folder, file), "not a library");

        var error = Assert.Throws<NativeLibraryException>(() => NativeTorch.Load(platform, [Folder], Folder));
        Assert.Contains(Folder, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        Assert.Contains(platform.Torch[0], error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.InnerException);
    }

    [Theory]
    [InlineData("linux-arm64")]
    [InlineData("osx-x64")]
    [InlineData("unknown-wasm")]
    public void A_platform_without_natives_is_named_with_those_that_have_them(string rid)
    {
        var error = Assert.Throws<NativeLibraryException>(() => NativePlatform.Of(rid));

        Assert.Contains(rid, error.Message, StringComparison.Ordinal);
        Assert.Contains("linux-x64, osx-arm64, win-x64", error.Message, StringComparison.Ordinal);
    }
}
