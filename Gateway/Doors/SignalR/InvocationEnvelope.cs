using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>The outside of a hub message: what kind it is, what it calls, and where its arguments stand. The arguments are skipped, not parsed.</summary>
internal readonly struct InvocationEnvelope
{
    // As deep as the longest message that is read can nest; the skipped arguments are judged when they are parsed.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    public int? Type { get; init; }

    public string? InvocationId { get; init; }

    public string? Target { get; init; }

    public bool HasStreams { get; init; }

    public ReadOnlySequence<byte> Arguments { get; init; }

    /// <summary>The message is not of the form that the hub protocol gives.</summary>
    public bool IsMalformed { get; init; }

    /// <summary>Whether a method is called, for one answer or for a stream of them.</summary>
    public bool IsCall => IsStreamCall || Type == HubProtocolConstants.InvocationMessageType;

    public bool IsStreamCall => Type == HubProtocolConstants.StreamInvocationMessageType;

    /// <summary>That of the JSON hub protocol.</summary>
    public static InvocationEnvelope Read(in ReadOnlySequence<byte> message)
    {
        var envelope = default(InvocationEnvelope);
        try
        {
            var reader = new Utf8JsonReader(message, Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return envelope with { IsMalformed = true };
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                envelope = ReadProperty(ref reader, message, envelope);
            return envelope with { IsMalformed = envelope.IsMalformed || reader.TokenType != JsonTokenType.EndObject || reader.Read() };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // Not JSON, a field of another type, or text that is not Unicode.
            return envelope with { IsMalformed = true };
        }
    }

    private static InvocationEnvelope ReadProperty(ref Utf8JsonReader reader, in ReadOnlySequence<byte> message, InvocationEnvelope envelope)
    {
        if (reader.ValueTextEquals("type"u8))
            return envelope with { Type = reader.Read() ? reader.GetInt32() : null };
        if (reader.ValueTextEquals("invocationId"u8))
            return envelope with { InvocationId = reader.Read() ? reader.GetString() : null };
        if (reader.ValueTextEquals("target"u8))
            return envelope with { Target = reader.Read() ? reader.GetString() : null };
        var isArguments = reader.ValueTextEquals("arguments"u8);
        var isStreams = reader.ValueTextEquals("streamIds"u8);
        reader.Read();
        var start = reader.TokenStartIndex;
        var isEmpty = reader.TokenType == JsonTokenType.Null;
        reader.Skip();
        if (isArguments)
            return envelope with { Arguments = message.Slice(start, reader.BytesConsumed - start) };
        return isStreams ? envelope with { HasStreams = !isEmpty && reader.BytesConsumed - start > 2 } : envelope;
    }
}
