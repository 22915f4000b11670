using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>
/// The JSON hub protocol, but that a call which cannot be made becomes a call of <see cref="HubMethods.Refuse"/>: SignalR answers those with a text,
/// and this product with a code (docs/adr/0004). A message that is no hub message at all still ends the connection.
/// </summary>
internal sealed class RefusingHubProtocol(JsonHubProtocol inner, int requestBytesMax) : IHubProtocol
{
    private const byte RecordSeparator = 0x1e;

    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => inner.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        message = null;
        if (input.PositionOf(RecordSeparator) is not { } end)
            return false;
        var record = input.Slice(0, end);
        var envelope = InvocationEnvelope.Read(record);
        if (!envelope.IsCall || (envelope.IsMalformed && envelope.InvocationId is null))
            return inner.TryParseMessage(ref input, binder, out message);
        input = input.Slice(input.GetPosition(1, end));
        message = Bind(envelope, record.Length);
        return true;
    }

    private InvocationMessage Bind(in InvocationEnvelope envelope, long length)
    {
        if (length > requestBytesMax)
            return Refuse(envelope, Refusals.Limit(RefusalCode.PayloadTooLarge, "The request is larger than the door takes.", requestBytesMax));
        if (envelope.IsMalformed)
            return Refuse(envelope, Refusals.BadRequest("arguments", "The message is no JSON."));
        if (envelope.IsStreamCall)
            return Refuse(envelope, Refusals.Final(RefusalCode.UnknownMethod, "No method answers with a stream."));
        if (envelope.Target is not { } target || !HubMethods.Known.Contains(target))
            return Refuse(envelope, Refusals.Final(RefusalCode.UnknownMethod, "There is no such method."));
        if (envelope.HasStreams)
            return Refuse(envelope, Refusals.BadRequest("streamIds", "No method takes a stream."));
        return RequestBody.TryParse(envelope.Arguments, out var body, out var problem)
            ? new InvocationMessage(envelope.InvocationId, target, [body])
            : Refuse(envelope, Refusals.BadRequest("arguments", problem));
    }

    private static InvocationMessage Refuse(in InvocationEnvelope envelope, Refusal refusal) =>
        new(envelope.InvocationId, HubMethods.Refuse, [refusal]);
}
