using System.Buffers;
using System.Text.Json;
using WhatsSound.Gateway.Requests;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Application;

/// <summary>How questions and answers look over HTTP: JSON objects.</summary>
internal static class ApplicationWire
{
    public static ReadOnlyMemory<byte> Write(ConnectQuestion question) =>
        Write("connect", question.Caller, json => json.WriteNumber("expiresAtMs", question.ExpiresAtMs));

    public static ReadOnlyMemory<byte> Write(SubscribeQuestion question) =>
        Write("subscribe", question.Caller, json => json.WriteString("channel", question.Channel));

    public static ReadOnlyMemory<byte> Write(PublishQuestion question) => Write("publish", question.Caller, json =>
    {
        json.WriteString("channel", question.Channel);
        json.WriteString("id", question.Id);
        if (question.Event is { } name)
            json.WriteString("event", name);
        WriteData(json, question.Data);
    });

    public static ReadOnlyMemory<byte> Write(CallQuestion question) => Write("call", question.Caller, json =>
    {
        json.WriteString("name", question.Name);
        WriteData(json, question.Data);
    });

    /// <summary>Throws <see cref="ApplicationAnswerException"/> where it is no answer, and where it nests deeper than what clients may send.</summary>
    public static ApplicationAnswer Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, ApplicationJson.Default.ApplicationAnswer) is { } answer && JsonDepth.IsWithin(body.Span)
                ? answer
                : throw new ApplicationAnswerException("The app's answer is null, or nests too deep.");
        }
        catch (JsonException exception)
        {
            throw new ApplicationAnswerException("The app's answer is not valid JSON, or has what is in no answer.", exception);
        }
    }

    private static void WriteData(Utf8JsonWriter json, Payload data)
    {
        json.WritePropertyName("data");
        JsonSerializer.Serialize(json, data, WireJson.Default.Payload);
        if (data.Kind != PayloadKind.Json)
            json.WriteString("encoding", data.Kind == PayloadKind.Text ? "text" : "base64");
    }

    private static ReadOnlyMemory<byte> Write(string call, Caller caller, Action<Utf8JsonWriter> writeMore)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("call", call);
            json.WriteString("connectionId", caller.ConnectionId);
            json.WriteString("userId", caller.UserId);
            json.WriteString("displayName", caller.DisplayName);
            writeMore(json);
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }
}
