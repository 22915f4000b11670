using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MessagePack;
using Microsoft.AspNetCore.SignalR.Protocol;
using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>The MessagePack hub protocol. What a message says is written as JSON, as for everybody, and put into MessagePack: once per message, not per socket.</summary>
internal sealed class MessagePackHubFormat : IHubFormat
{
    public const string ProtocolName = "messagepack";

    /// <summary>Of a completion that has a result.</summary>
    private const int NonVoidResult = 3;

    private const int AnswerBytesUsual = 512;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>One per process: messages are encoded once.</summary>
    public static MessagePackHubFormat Instance { get; } = new();

    public string Protocol => ProtocolName;

    public bool IsBinary => true;

    public IHubFraming Framing => LengthFraming.Instance;

    public EncodedMessage Encode(OutgoingMessage message)
    {
        var size = message is AnswerMessage ? AnswerBytesUsual : message.BytesEstimate;
        var json = JsonOf(message, size);
        var content = new ArrayBufferWriter<byte>(size);
        var writer = new MessagePackWriter(content);
        if (message is AnswerMessage answer)
            WriteCompletion(ref writer, (string)answer.Reference, json);
        else
            WriteInvocation(ref writer, HubEvents.NameOf(message), json);
        writer.Flush();
        var output = new ArrayBufferWriter<byte>(content.WrittenCount + LengthFraming.PrefixBytesMax);
        WriteRecord(content, output);
        if (message is ClosingMessage closing)
            WriteRecord(Close(closing.MayReconnect), output);
        return new HubMessageBytes(ProtocolName, output.WrittenMemory);
    }

    private static ReadOnlyMemory<byte> JsonOf(OutgoingMessage message, int size)
    {
        var buffer = new ArrayBufferWriter<byte>(size);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            if (message is AnswerMessage answer)
                answer.Reply.WriteTo(writer);
            else
                HubEvents.WriteContent(writer, message);
        }

        return buffer.WrittenMemory;
    }

    private static void WriteCompletion(ref MessagePackWriter writer, string invocationId, ReadOnlyMemory<byte> result)
    {
        writer.WriteArrayHeader(5);
        writer.Write(HubProtocolConstants.CompletionMessageType);
        writer.WriteMapHeader(0);
        writer.Write(invocationId);
        writer.Write(NonVoidResult);
        JsonToMessagePack.Write(result, ref writer);
    }

    private static void WriteInvocation(ref MessagePackWriter writer, string target, ReadOnlyMemory<byte> argument)
    {
        writer.WriteArrayHeader(6);
        writer.Write(HubProtocolConstants.InvocationMessageType);
        writer.WriteMapHeader(0);
        writer.WriteNil();
        writer.Write(target);
        writer.WriteArrayHeader(1);
        JsonToMessagePack.Write(argument, ref writer);
        writer.WriteArrayHeader(0);
    }

    /// <summary>What makes a client of the hub protocol close by itself, and connect again, if it does that at all, where there is a sense in it.</summary>
    private static ArrayBufferWriter<byte> Close(bool mayReconnect)
    {
        var content = new ArrayBufferWriter<byte>(8);
        var writer = new MessagePackWriter(content);
        writer.WriteArrayHeader(3);
        writer.Write(HubProtocolConstants.CloseMessageType);
        writer.WriteNil();
        writer.Write(mayReconnect);
        writer.Flush();
        return content;
    }

    private static void WriteRecord(ArrayBufferWriter<byte> content, ArrayBufferWriter<byte> output)
    {
        LengthFraming.WritePrefix(content.WrittenCount, output);
        output.Write(content.WrittenSpan);
    }
}
