using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using NetMQ;

namespace NotebookHost;

/// <summary>Jupyter's messages as they go over the wire: identities, a delimiter, an HMAC, and four pieces of JSON.</summary>
internal sealed class JupyterWire(string key)
{
    public const string ProtocolVersion = "5.3";

    private const int Parts = 4;

    private static readonly byte[] _delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly JsonSerializerOptions _json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly byte[] _key = _utf8.GetBytes(key);
    private readonly string _session = Guid.NewGuid().ToString("N");

    /// <summary>Reads a request.</summary>
    /// <returns>Null for what is malformed, or not signed with the key: it is from nobody we know.</returns>
    public JupyterRequest? Decode(NetMQMessage message)
    {
        byte[][] frames = [.. message.Select(frame => frame.ToByteArray())];
        int delimiter = Array.FindIndex(frames, frame => frame.AsSpan().SequenceEqual(_delimiter));
        if (delimiter < 0 || frames.Length < delimiter + 2 + Parts)
            return null;
        byte[][] parts = frames[(delimiter + 2)..(delimiter + 2 + Parts)];
        if (_key.Length > 0 && !CryptographicOperations.FixedTimeEquals(_utf8.GetBytes(Sign(parts)), frames[delimiter + 1]))
            return null;
        try
        {
            string type = JsonNode.Parse(parts[0])?["msg_type"]?.GetValue<string>() ?? "";
            return new JupyterRequest(frames[..delimiter], type, _utf8.GetString(parts[0]), JsonNode.Parse(parts[3]) as JsonObject ?? []);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Writes an answer, or what all are told.</summary>
    /// <param name="type">The message's type.</param>
    /// <param name="content">The particulars.</param>
    /// <param name="parent">The request that it belongs to; null for none.</param>
    /// <param name="identities">Whom it goes to, or the topic that it is about.</param>
    public NetMQMessage Encode(string type, JsonObject content, JupyterRequest? parent, IEnumerable<byte[]> identities)
    {
        byte[][] parts = [_utf8.GetBytes(Header(type)), _utf8.GetBytes(parent?.Header ?? "{}"), "{}"u8.ToArray(), JsonSerializer.SerializeToUtf8Bytes(content, _json)];
        return new NetMQMessage([.. identities, _delimiter, _key.Length > 0 ? _utf8.GetBytes(Sign(parts)) : [], .. parts]);
    }

    private string Header(string type) => new JsonObject
    {
        ["msg_id"] = Guid.NewGuid().ToString("N"),
        ["session"] = _session,
        ["username"] = "kernel",
        ["date"] = DateTime.UtcNow.ToString("o", CultureInfo.InvariantCulture),
        ["msg_type"] = type,
        ["version"] = ProtocolVersion,
    }.ToJsonString();

    private string Sign(byte[][] parts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach (byte[] part in parts)
            hash.AppendData(part);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
