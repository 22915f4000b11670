using System.Text;
using System.Text.Json;
using MessagePack;
using WhatsSound.Gateway.Sessions.Calls;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Fuzz;

/// <summary>Makes what no client sends, the same for the same seed: proper messages with bytes changed, and proper requests with odd values.</summary>
internal sealed class OddMessages(int seed, string roomId, string channel)
{
    private const byte End = 0x1e;

    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "null", "true", "-", "1e999", "\\ud800", "\\u0000", "\r", "\n", "\u001e", "\ufeff", "\u2028", "type", "\"type\":0",
        "\"type\":2", "\"type\":3", "\"type\":5", "\"type\":6", "\"type\":8", "\"type\":9", "\"streamIds\":[\"1\"]", "\"invocationId\":\"0\"", "\"arguments\":[]", "$refuse",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-0", "-1", "1.5", "1e400", "-1e-400", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "2147483648",
        "0.1e1", "1E5", "{}", "[]", "[[]]", "[null]", "{\"\":1}", "{\"a\":1,\"a\":2}", "{\"__proto__\":1}", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"",
        "\"\\u202e\"", "\"\\u200b\"", "\"\\ufeff\"", "\"a\\r\\nb\"", "\"\\u2028\"", "\"\\u001e\"", "\"'; DROP TABLE x;--\"", "\"<script>\"", "\"../../etc\"", "\"%00\"", "\":\"", "\"a:\"", "\"::\"",
        "\"room:\"", "\"user:*:x\"", "\"user:ada:notifications\"", "\"*\"", "\"[a]\"", "\"🎵\"", "\"e\\u0301\"", "\"javascript:alert(1)\"", "\"http://[::1\"", "\"//a\"", "\"/\\\\a\"", "{\"epoch\":\"\",\"offset\":0}",
        "{\"epoch\":\"a\",\"offset\":9223372036854775807}", "{\"epoch\":\"\\ud800\",\"offset\":0}", "{\"room:x\":{\"epoch\":\"a\",\"offset\":1}}", "{\"\\udc00\":1}",
        "[{\"url\":\"/tracks/a\",\"title\":\"\\ud800\",\"durationMs\":1000}]", "[{\"url\":\"/tracks/a\",\"title\":\"a\",\"durationMs\":1e3}]", "{\r\n\"a\":\r1}",
    ];

    private readonly Random _random = new(seed);
    private readonly string[] _methods = [.. When_input_is_bad.Proper.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A whole record, or what is left of one, ended.</summary>
    public byte[] Mutated()
    {
        var method = _methods[_random.Next(_methods.Length)];
        var bytes = new List<byte>(Encoding.UTF8.GetBytes(Record(method, ProperRequest(method))));
        for (var changes = _random.Next(1, 5); changes > 0; changes--)
            Change(bytes);
        bytes.Add(End);
        return [.. bytes];
    }

    /// <summary>A record of the MessagePack hub protocol with bytes changed behind its length, or, now and then, with its length changed too.</summary>
    public byte[] MutatedPacked()
    {
        var method = _methods[_random.Next(_methods.Length)];
        var bytes = new List<byte>(PackedSocket.CallOf("odd", method, ProperRequest(method)));
        for (var changes = _random.Next(1, 5); changes > 0; changes--)
            Change(bytes);
        var record = PackedSocket.RecordOf([.. bytes]).ToList();
        if (_random.Next(20) == 0)
            Change(record);
        return [.. record];
    }

    /// <summary>A proper record of the MessagePack hub protocol whose request has one to three odd fields; none, where MessagePack has no word for one.</summary>
    public byte[] OddPacked()
    {
        var (method, body) = OddRequest();
        try
        {
            return PackedSocket.RecordOf(PackedSocket.CallOf("odd", method, body));
        }
        catch (Exception exception) when (exception is MessagePackSerializationException or TinyJsonException or OverflowException or FormatException)
        {
            return [];
        }
    }

    /// <summary>A record whose request has one to three odd fields.</summary>
    public byte[] Odd()
    {
        var (method, body) = OddRequest();
        return [.. Encoding.UTF8.GetBytes(Record(method, body)), End];
    }

    private (string Method, string Body) OddRequest()
    {
        var method = _methods[_random.Next(_methods.Length)];
        var fields = JsonDocument.Parse(ProperRequest(method)).RootElement.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.GetRawText());
        Assert.True(RequestCatalogue.TryFind(method, out var request));
        for (var changes = _random.Next(1, 4); changes > 0; changes--)
        {
            var names = fields.Keys.Concat(request.Fields).Append("userId").ToList();
            fields[names[_random.Next(names.Count)]] = OddValue();
        }

        return (method, $"{{{string.Join(',', fields.Select(field => $"\"{field.Key}\":{field.Value}"))}}}");
    }

    /// <summary>A value that is JSON, and nothing that anybody means.</summary>
    public string OddValue() => _random.Next(20) switch
    {
        0 => $"\"{new string('x', _random.Next(1, 3_000))}\"",
        1 => Nested(_random.Next(1, 80)),
        2 => $"\"{string.Concat(Enumerable.Range(0, _random.Next(1, 40)).Select(_ => $"\\u{_random.Next(0x10000):x4}"))}\"",
        3 => _random.NextInt64().ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => Values[_random.Next(Values.Length)],
    };

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private string Record(string method, string request) => $$"""{"type":1,"invocationId":"odd","target":"{{method}}","arguments":[{{request}}]}""";

    private string ProperRequest(string method) =>
        When_input_is_bad.Proper[method]
            .Replace("no-such-room", roomId, StringComparison.Ordinal)
            .Replace("no:where", channel, StringComparison.Ordinal)
            .Replace("\"commandId\":\"1\"", $"\"commandId\":\"{_random.Next()}\"", StringComparison.Ordinal);

    private void Change(List<byte> bytes)
    {
        var at = _random.Next(bytes.Count + 1);
        var count = Math.Min(_random.Next(1, 20), bytes.Count - at);
        switch (_random.Next(6))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                bytes.RemoveRange(at, count);
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, count));
                break;
            case 3:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 4:
                bytes.Insert(at, (byte)_random.Next(256));
                break;
            default:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[_random.Next(Tokens.Length)]));
                break;
        }
    }
}
