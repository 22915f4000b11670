using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>Lets a reply write itself into SignalR's completion message.</summary>
internal sealed class HubReplyJsonConverter : JsonConverter<HubReply>
{
    public override HubReply Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Replies are only written.");

    public override void Write(Utf8JsonWriter writer, HubReply value, JsonSerializerOptions options) => value.WriteTo(writer);
}
