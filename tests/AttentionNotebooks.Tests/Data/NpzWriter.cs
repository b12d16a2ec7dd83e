using System.IO.Compression;
using System.Text;

namespace AttentionNotebooks;

/// <summary>Writes files of NumPy, right and wrong.</summary>
internal static class NpzWriter
{
    public static byte[] Npz(params (string Name, byte[] Bytes)[] entries) => Npz(CompressionLevel.Fastest, entries);

    public static byte[] Npz(CompressionLevel level, params (string Name, byte[] Bytes)[] entries)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var stream = zip.CreateEntry(name + ".npy", level).Open();
                stream.Write(bytes);
            }
        }

        return memory.ToArray();
    }

    public static byte[] Npy(string type, string shape, byte[] values, byte version = 1, bool fortran = false) =>
        WithHeader($"{{'descr': '{type}', 'fortran_order': {fortran}, 'shape': {shape}, }}\n", values, version);

    public static byte[] WithHeader(string header, byte[] values, byte version = 1)
    {
        var bytes = Encoding.Latin1.GetBytes(header);
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)bytes.Length) : BitConverter.GetBytes(bytes.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. bytes, .. values];
    }
}
