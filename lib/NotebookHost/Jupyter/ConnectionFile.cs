using System.Text.Json;
using AttentionNotebooks;

namespace NotebookHost;

/// <summary>What a front end tells a kernel about where to listen.</summary>
internal sealed record ConnectionFile(
    string Transport, string Ip, int ShellPort, int ControlPort, int StdinPort, int IopubPort, int HbPort, string Key, string? SignatureScheme)
{
    private const string Scheme = "hmac-sha256";

    private static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <exception cref="DataFileException">It cannot be read, is no connection file, or asks for what this kernel does not have.</exception>
    public static ConnectionFile Read(string path)
    {
        ConnectionFile? file;
        try
        {
            file = JsonSerializer.Deserialize<ConnectionFile>(File.ReadAllText(path), _json);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new DataFileException(path, $"it cannot be read as a connection file ({exception.Message}). Jupyter writes one for each kernel that it starts; install this kernel with `attention kernel install`, and start it from there.");
        }

        if (file is not { Ip.Length: > 0, Key: not null, ShellPort: > 0, ControlPort: > 0, StdinPort: > 0, IopubPort: > 0, HbPort: > 0 })
            throw new DataFileException(path, "it names no address, no key or not all five ports. Jupyter writes one for each kernel that it starts.");
        if (file.Transport is not "tcp" || (file.Key.Length > 0 && file.SignatureScheme is not (null or Scheme)))
            throw new DataFileException(path, $"it asks for transport {file.Transport} and signatures by {file.SignatureScheme}; this kernel has tcp and {Scheme}.");
        return file;
    }

    public string Address(int port) => $"{Transport}://{Ip}:{port}";
}
