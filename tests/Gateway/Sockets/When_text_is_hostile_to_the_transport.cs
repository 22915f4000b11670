using System.Text.Json;

namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>
/// Server-sent events are lines, and a record ends at a character: whatever a client writes where, everybody else gets the same records on every transport, and
/// nobody gets a record that a client made.
/// </summary>
public sealed class When_text_is_hostile_to_the_transport(RunningServer server)
{
    private const string Forged = """data: {"type":1,"target":"frame","arguments":[{"forged":true}]}""";

    /// <summary>Line ends and record ends, in the spellings that JSON has for them.</summary>
    private static readonly string[] Breaks = ["\\r", "\\n", "\\r\\n\\r\\n", "\\u000d", "\\u000A", "\\u001e", "\\u2028", "\\u0085"];

    [Fact]
    public async Task Should_send_the_same_records_on_every_transport()
    {
        var channel = server.NewName("hostile");
        await using var lines = await EventStreamClient.ConnectAsync(server.Address, server.TokenOf("ada"));
        await using var socket = await server.ConnectRawAsync();
        await using var writer = await server.ConnectRawAsync();
        await lines.SendAsync($$"""{"type":1,"invocationId":"1","target":"Subscribe","arguments":[{"channel":"{{channel}}"}]}""");
        await lines.ReadUntilAsync("\"verdict\"");
        await socket.ResultAsync("Subscribe", new { channel });

        var count = 0;
        foreach (var text in Breaks.Select(one => $"\"a{one}{one}{Forged.Replace("\"", "\\\"", StringComparison.Ordinal)}{one}{one}\""))
        {
            foreach (var data in (string[])[text, $"{{{text}:{text}}}", $"[\r\n{text}\r,\n\r{text}]", $"\r{text}\n"])
            {
                var answer = await writer.CallRawAsync("Publish", $$"""[{"channel":"{{channel}}","id":"{{++count}}","event":"said","data":{{data}}}]""");
                Assert.Equal("", HubAnswers.CodeOf(answer));
            }

            // A key and an event are text too, and may be refused; what is not refused must not break out.
            foreach (var field in (string[])["key", "event"])
            {
                var fields = field == "key" ? $$""""event":"said","key":{{Short(text)}}"""" : $$""""event":{{Short(text)}}"""";
                var answer = await writer.CallRawAsync("Publish", $$"""[{"channel":"{{channel}}","id":"{{count + 1}}",{{fields}},"data":1}]""");
                count += HubAnswers.CodeOf(answer).Length == 0 ? 1 : 0;
            }
        }

        var expected = await socket.PublicationsAsync(channel, upTo: count);
        var actual = new List<JsonElement>();
        while (actual.Count < count)
            actual.AddRange(PublicationsOf(await lines.ReadLineAsync()));
        Assert.Equal(expected.Select(one => one.GetRawText()), actual.Select(one => one.GetRawText()));
    }

    [Fact]
    public async Task Should_answer_in_one_record_whatever_is_refused()
    {
        await using var lines = await EventStreamClient.ConnectAsync(server.Address, server.TokenOf("ada"));
        var records = new List<string>();
        foreach (var text in Breaks.Select(one => $"\"x{one}{one}data: y{one}{one}\""))
        {
            records.Add($$"""{"type":1,"invocationId":{{text}},"target":{{text}},"arguments":[{}]}""");
            records.Add($$"""{"type":1,"invocationId":{{text}},"target":"Subscribe","arguments":[{"channel":{{text}}}]}""");
            records.Add($$"""{"type":1,"invocationId":{{text}},"target":"JoinRoom","arguments":[{"roomId":"abc","commandId":{{text}},"since":{ {{text}}:1 } }]}""");
            records.Add($$"""{"type":1,"invocationId":{{text}},"target":"Unsubscribe","arguments":[{"channel":"a{{text[2..^1]}}"}]}""");
            records.Add($$"""{"type":4,"invocationId":{{text}},"target":{{text}},"arguments":[]}""");
        }

        foreach (var record in records)
            await lines.SendAsync(record);

        for (var answered = 0; answered < records.Count;)
        {
            // The answer to the handshake has no type.
            answered += RecordsOf(await lines.ReadLineAsync()).Count(record => record.TryGetProperty("type", out var type) && type.GetInt32() == 3);
        }
    }

    private static string Short(string text) => text.Length > 40 ? $"{text[..text.IndexOf("data", StringComparison.Ordinal)]}data: x\"" : text;

    private static IEnumerable<JsonElement> PublicationsOf(string line) =>
        RecordsOf(line)
            .Where(record => record.TryGetProperty("target", out var target) && target.GetString() == "frame")
            .SelectMany(record => record.GetProperty("arguments")[0].GetProperty("publications").EnumerateArray());

    /// <summary>The records of a line of the stream: each line is empty, a comment without text, or data, and what that has are whole records.</summary>
    private static List<JsonElement> RecordsOf(string line)
    {
        if (line is "" or ":")
            return [];
        Assert.StartsWith("data: ", line, StringComparison.Ordinal);
        Assert.EndsWith("\u001e", line, StringComparison.Ordinal);
        return [.. line["data: ".Length..].Split('\u001e', StringSplitOptions.RemoveEmptyEntries).Select(record => JsonDocument.Parse(record).RootElement)];
    }
}
