using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Tests.Doors.Plain;

/// <summary>Messages of the plain door: an object each, with one field that says what it is.</summary>
internal sealed class PlainFormat : IWireFormat
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static PlainFormat Instance { get; } = new();

    public EncodedMessage Encode(OutgoingMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            Write(writer, message);
            writer.WriteEndObject();
        }

        return new EncodedMessage(buffer.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter writer, OutgoingMessage message)
    {
        switch (message)
        {
            case AnswerMessage answer:
                writer.WriteNumber("id", (long)answer.Reference);
                writer.WritePropertyName("reply");
                answer.Reply.WriteTo(writer);
                break;
            case FrameMessage frame:
                writer.WritePropertyName("frame");
                JsonSerializer.Serialize(writer, frame.Frame, WireJson.Default.ChannelFrame);
                break;
            case LostMessage lost:
                writer.WritePropertyName("lost");
                JsonSerializer.Serialize(writer, lost.Lost, GatewayJson.Default.ChannelLost);
                break;
            case DetachedMessage detached:
                writer.WritePropertyName("detached");
                JsonSerializer.Serialize(writer, detached.Detached, GatewayJson.Default.ChannelDetached);
                break;
            case OccupancyMessage occupancy:
                writer.WritePropertyName("occupancy");
                JsonSerializer.Serialize(writer, occupancy.Occupancy, GatewayJson.Default.ChannelOccupancy);
                break;
            case ClosingMessage closing:
                writer.WritePropertyName("closing");
                JsonSerializer.Serialize(writer, closing.Closing, GatewayJson.Default.SessionClosing);
                break;
            case HeartbeatMessage:
                writer.WriteBoolean("beat", true);
                break;
            default:
                throw new NotSupportedException($"The plain door has no word for {message.GetType().Name}.");
        }
    }
}
