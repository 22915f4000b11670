using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>
/// The JSON hub protocol, but that a call which cannot be made becomes a call of <see cref="HubMethods.Refuse"/>: SignalR answers those with a text,
/// and this product with a code (docs/adr/0004). A message that is no hub message, or too large, ends the connection with a goodbye, and one that gets no answer
/// counts as a request does. Each session has one of its own; that of no session writes the handshake, and reads nothing.
/// </summary>
internal sealed class RefusingHubProtocol : IHubProtocol
{
    private const byte RecordSeparator = 0x1e;

    private readonly JsonHubProtocol _inner;
    private readonly SessionConduct _conduct;
    private readonly HubDoorOptions _door;
    private readonly Session? _session;
    private bool _isBroken;

    public RefusingHubProtocol(IOptions<JsonHubProtocolOptions> json, IOptions<HubDoorOptions> door, SessionConduct conduct)
        : this(new JsonHubProtocol(json), door.Value, conduct, session: null)
    {
    }

    private RefusingHubProtocol(JsonHubProtocol inner, HubDoorOptions door, SessionConduct conduct, Session? session) =>
        (_inner, _door, _conduct, _session) = (inner, door, conduct, session);

    public string Name => _inner.Name;

    public int Version => _inner.Version;

    public TransferFormat TransferFormat => _inner.TransferFormat;

    public bool IsVersionSupported(int version) => _inner.IsVersionSupported(version);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => _inner.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _inner.GetMessageBytes(message);

    /// <summary>The protocol of one session.</summary>
    public RefusingHubProtocol For(Session session) => new(_inner, _door, _conduct, session);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        message = null;
        if (_isBroken)
            return Drop(ref input, out message);
        var found = input.PositionOf(RecordSeparator);
        var record = found is { } at ? input.Slice(0, at) : input;
        if (record.Length > _door.ReadBytesMaxOf(_session))
            return Break(RefusalCode.PayloadTooLarge, ref input, out message);
        if (found is not { } end)
            return false;
        var envelope = InvocationEnvelope.Read(record);
        if (!envelope.IsCall || (envelope.IsMalformed && envelope.InvocationId is null))
            return ParseOther(ref input, binder, out message);
        input = input.Slice(input.GetPosition(1, end));
        message = Bind(envelope, record.Length);
        return true;
    }

    /// <summary>
    /// SignalR's protocol says of a record whose type it does not know that it is not whole yet: then the connection would wait for more, and parse what
    /// it has again with every byte.
    /// </summary>
    private bool ParseOther(ref ReadOnlySequence<byte> input, IInvocationBinder binder, out HubMessage message)
    {
        try
        {
            if (!_inner.TryParseMessage(ref input, binder, out var parsed))
                return Break(RefusalCode.BadRequest, ref input, out message);
            message = parsed;
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException or InvalidOperationException or FormatException)
        {
            return Break(RefusalCode.BadRequest, ref input, out message);
        }

        if (_session is not null && message is not CloseMessage)
            _conduct.TakeUnanswered(_session);
        return true;
    }

    /// <summary>
    /// Not an exception: SignalR would send a goodbye of its own, which has no code and invites to come back and do the same again. What still comes until the
    /// client has gone is dropped.
    /// </summary>
    private bool Break(string code, ref ReadOnlySequence<byte> input, out HubMessage message)
    {
        _isBroken = true;
        if (_session is not null)
            SessionConduct.WasBroken(_session, code);
        return Drop(ref input, out message);
    }

    /// <summary>SignalR gets a ping instead, of which it makes nothing.</summary>
    private static bool Drop(ref ReadOnlySequence<byte> input, out HubMessage message)
    {
        input = input.Slice(input.End);
        message = PingMessage.Instance;
        return true;
    }

    private InvocationMessage Bind(in InvocationEnvelope envelope, long length)
    {
        if (length > _door.RequestBytesMax)
            return Refuse(envelope, Refusals.Limit(RefusalCode.PayloadTooLarge, "The request is larger than the door takes.", _door.RequestBytesMax));
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
