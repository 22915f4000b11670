using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Protocol;
using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>
/// Outgoing messages as JSON hub protocol invocations, ready to be written to any number of sockets. Payloads go in as the bytes they are.
/// </summary>
internal static class HubEncoding
{
    private const byte RecordSeparator = 0x1e;

    /// <summary>What makes a client of the hub protocol close by itself, and connect again, if it does that at all, where there is a sense in it.</summary>
    private static ReadOnlySpan<byte> CloseAndReturn => "{\"type\":7,\"allowReconnect\":true}\u001e"u8;

    private static ReadOnlySpan<byte> CloseForGood => "{\"type\":7}\u001e"u8;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly Func<OutgoingMessage, HubMessageBytes> EncodeOne = static message => new HubMessageBytes(Encode(message));

    /// <summary>The message, encoded at the first call and shared from then on.</summary>
    public static HubMessageBytes Encoded(OutgoingMessage message) => message.EncodedWith(EncodeOne);

    /// <summary>Several messages as one write: the hub protocol separates records by itself.</summary>
    public static HubMessageBytes Together(ReadOnlySpan<OutgoingMessage> messages)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        foreach (var message in messages)
            buffer.Write(Encoded(message).Bytes.Span);
        return new HubMessageBytes(buffer.WrittenMemory);
    }

    private static ReadOnlyMemory<byte> Encode(OutgoingMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>(message.BytesEstimate);
        using (var writer = new Utf8JsonWriter(buffer, Options))
            WriteInvocation(writer, message);
        buffer.Write([RecordSeparator]);
        if (message is ClosingMessage closing)
            buffer.Write(closing.MayReconnect ? CloseAndReturn : CloseForGood);
        return buffer.WrittenMemory;
    }

    private static void WriteInvocation(Utf8JsonWriter writer, OutgoingMessage message)
    {
        writer.WriteStartObject();
        writer.WriteNumber("type"u8, HubProtocolConstants.InvocationMessageType);
        writer.WriteString("target"u8, TargetOf(message));
        writer.WriteStartArray("arguments"u8);
        WriteArgument(writer, message);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string TargetOf(OutgoingMessage message) => message switch
    {
        FrameMessage => HubEvents.Frame,
        LostMessage => HubEvents.Lost,
        ClosingMessage => HubEvents.Closing,
        _ => throw new NotSupportedException($"The SignalR door has no event for {message.GetType().Name}."),
    };

    private static void WriteArgument(Utf8JsonWriter writer, OutgoingMessage message)
    {
        switch (message)
        {
            case FrameMessage { Frame: var frame }:
                JsonSerializer.Serialize(writer, frame, WireJson.Default.ChannelFrame);
                break;
            case LostMessage { Lost: var lost }:
                JsonSerializer.Serialize(writer, lost, GatewayJson.Default.ChannelLost);
                break;
            case ClosingMessage { Closing: var closing }:
                JsonSerializer.Serialize(writer, closing, GatewayJson.Default.SessionClosing);
                break;
        }
    }
}
