using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>The answer to a request, as <c>{ok, result}</c> or <c>{ok, error}</c>.</summary>
[JsonConverter(typeof(HubReplyJsonConverter))]
internal sealed class HubReply
{
    private readonly Action<Utf8JsonWriter> _writeContent;

    private HubReply(Action<Utf8JsonWriter> writeContent) => _writeContent = writeContent;

    public static HubReply Of<T>(T value, JsonTypeInfo<T> typeInfo)
        where T : class =>
        new(writer =>
        {
            writer.WriteBoolean("ok"u8, true);
            writer.WritePropertyName("result"u8);
            JsonSerializer.Serialize(writer, value, typeInfo);
        });

    public static HubReply Of(Refusal refusal) =>
        new(writer =>
        {
            writer.WriteBoolean("ok"u8, false);
            writer.WritePropertyName("error"u8);
            JsonSerializer.Serialize(writer, refusal, WireJson.Default.Refusal);
        });

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        _writeContent(writer);
        writer.WriteEndObject();
    }
}
