using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Saves a module and loads it into another.</summary>
internal static class Saved
{
    /// <summary>Copies all weights by way of a stream.</summary>
    public static void Copy(nn.Module from, nn.Module to)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true)) from.save(writer);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        to.load(reader);
    }
}
