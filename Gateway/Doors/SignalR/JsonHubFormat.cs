using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Protocol;
using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>
/// The JSON hub protocol: frames and news as invocations, answers as completions. Payloads go in as the bytes they are.
/// </summary>
internal sealed class JsonHubFormat : IHubFormat
{
    public const string ProtocolName = "json";

    private const byte RecordSeparator = 0x1e;

    private const int AnswerBytesUsual = 512;

    /// <summary>What makes a client of the hub protocol close by itself, and connect again, if it does that at all, where there is a sense in it.</summary>
    private static ReadOnlySpan<byte> CloseAndReturn => "{\"type\":7,\"allowReconnect\":true}\u001e"u8;

    private static ReadOnlySpan<byte> CloseForGood => "{\"type\":7}\u001e"u8;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>One per process: messages are encoded once.</summary>
    public static JsonHubFormat Instance { get; } = new();

    public string Protocol => ProtocolName;

    public bool IsBinary => false;

    public IHubFraming Framing => SeparatorFraming.Instance;

    public EncodedMessage Encode(OutgoingMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>(message is AnswerMessage ? AnswerBytesUsual : message.BytesEstimate);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            if (message is AnswerMessage answer)
                WriteCompletion(writer, answer);
            else
                WriteInvocation(writer, message);
        }

        buffer.Write([RecordSeparator]);
        if (message is ClosingMessage closing)
            buffer.Write(closing.MayReconnect ? CloseAndReturn : CloseForGood);
        return new HubMessageBytes(ProtocolName, buffer.WrittenMemory);
    }

    private static void WriteCompletion(Utf8JsonWriter writer, AnswerMessage answer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("type"u8, HubProtocolConstants.CompletionMessageType);
        writer.WriteString("invocationId"u8, (string)answer.Reference);
        writer.WritePropertyName("result"u8);
        answer.Reply.WriteTo(writer);
        writer.WriteEndObject();
    }

    private static void WriteInvocation(Utf8JsonWriter writer, OutgoingMessage message)
    {
        writer.WriteStartObject();
        writer.WriteNumber("type"u8, HubProtocolConstants.InvocationMessageType);
        writer.WriteString("target"u8, HubEvents.NameOf(message));
        writer.WriteStartArray("arguments"u8);
        HubEvents.WriteContent(writer, message);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
