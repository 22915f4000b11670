using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Gateway.Sessions.Calls;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>
/// A hub protocol, but that SignalR is not told the ids of calls, and so answers none: answers go through the session's outbox, in one order with its
/// frames (docs/adr/0024). A call which cannot be made becomes one that is refused: SignalR answers those with a text, and this product with a code
/// (docs/adr/0004). A message that is no hub message, or too large, ends the connection with a goodbye, and one that gets no answer counts as a request does.
/// Each session has one of its own; that of no session writes the handshake, and reads nothing.
/// </summary>
internal abstract class RefusingHubProtocol(IHubProtocol inner, IHubFormat format, HubDoorOptions door, SessionConduct conduct, Session? session) : IHubProtocol
{
    private bool _isBroken;

    /// <summary>For the protocol of a session.</summary>
    protected HubDoorOptions Door => door;

    /// <inheritdoc cref="Door"/>
    protected SessionConduct Conduct => conduct;

    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    /// <summary>In which its sessions are written to.</summary>
    public IHubFormat Format => format;

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => inner.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

    /// <summary>The protocol of one session.</summary>
    public abstract RefusingHubProtocol For(Session session);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        message = null;
        if (_isBroken)
            return Drop(ref input, out message);
        var record = format.Framing.Find(input, searched: 0);
        if (record.Length > door.ReadBytesMaxOf(session))
            return Break(RefusalCode.PayloadTooLarge, ref input, out message);
        if (record.End is not { } end)
            return false;
        var envelope = ReadEnvelope(input.Slice(record.Start, record.Length));
        if (envelope.IsCall && (!envelope.IsMalformed || envelope.InvocationId is not null))
            message = Bind(envelope, record.Length);
        else if ((message = OtherThanACall(envelope)) is null)
            return Break(RefusalCode.BadRequest, ref input, out message);
        else if (session is not null && message is CloseMessage)
            session.HasSaidGoodbye = true;
        else if (session is not null)
            conduct.TakeUnanswered(session);
        input = input.Slice(end);
        return true;
    }

    /// <summary>The outside of a record.</summary>
    protected abstract InvocationEnvelope ReadEnvelope(in ReadOnlySequence<byte> content);

    /// <summary>The one argument of a call; otherwise what is wrong.</summary>
    protected abstract bool TryParseArguments(in ReadOnlySequence<byte> arguments, out JsonElement body, out string problem);

    /// <summary>
    /// A record that calls nothing, as SignalR is told of it; null: it is no hub message. SignalR's own protocol reads none of it: it takes a call with something behind it for a proper one, and
    /// would make the arguments of <see cref="DoorHub.Method"/> of what a client sent. There are no streams, and the server calls nobody: what a client says of those is about nothing.
    /// </summary>
    private static HubMessage? OtherThanACall(in InvocationEnvelope envelope) => envelope switch
    {
        { IsMalformed: true } => null,
        { Type: HubProtocolConstants.CloseMessageType } => CloseMessage.Empty,
        { Type: HubProtocolConstants.StreamItemMessageType or HubProtocolConstants.CompletionMessageType or HubProtocolConstants.CancelInvocationMessageType
            or HubProtocolConstants.PingMessageType or HubProtocolConstants.AckMessageType or HubProtocolConstants.SequenceMessageType } => PingMessage.Instance,
        _ => null,
    };

    /// <summary>
    /// Not an exception: SignalR would send a goodbye of its own, which has no code and invites to come back and do the same again. What still comes until the
    /// client has gone is dropped.
    /// </summary>
    private bool Break(string code, ref ReadOnlySequence<byte> input, out HubMessage message)
    {
        _isBroken = true;
        if (session is not null)
            SessionConduct.WasBroken(session, code);
        return Drop(ref input, out message);
    }

    /// <summary>SignalR gets a ping instead, of which it makes nothing.</summary>
    private static bool Drop(ref ReadOnlySequence<byte> input, out HubMessage message)
    {
        input = input.Slice(input.End);
        message = PingMessage.Instance;
        return true;
    }

    /// <summary>Counts the call before its body is read: SignalR parses the next message when the one before was carried out, so this is its turn.</summary>
    private InvocationMessage Bind(in InvocationEnvelope envelope, long length)
    {
        RequestCatalogue.TryFind(envelope.Target ?? "", out var request);
        if (SessionRequest.Take(conduct, session!, request) is { } tooMany)
            return Refuse(envelope, tooMany);
        if (length > door.RequestBytesMax)
            return Refuse(envelope, Refusals.Limit(RefusalCode.PayloadTooLarge, $"A request must have at most {door.RequestBytesMax:N0} bytes.", door.RequestBytesMax));
        if (envelope.IsMalformed)
            return Refuse(envelope, Refusals.BadRequest("arguments", "The message is malformed."));
        if (envelope.IsStreamCall)
            return Refuse(envelope, Refusals.Final(RefusalCode.UnknownMethod, "No method answers with a stream."));
        if (request is null)
            return Refuse(envelope, Refusals.Final(RefusalCode.UnknownMethod, "There is no such method."));
        if (envelope.HasStreams)
            return Refuse(envelope, Refusals.BadRequest("streamIds", "No method takes a stream."));
        return TryParseArguments(envelope.Arguments, out var body, out var problem)
            ? Call(new HubRequest { Session = session!, InvocationId = envelope.InvocationId, Request = request, Body = body })
            : Refuse(envelope, Refusals.BadRequest("arguments", problem));
    }

    private InvocationMessage Refuse(in InvocationEnvelope envelope, Refusal refusal) =>
        Call(new HubRequest { Session = session!, InvocationId = envelope.InvocationId, Refusal = refusal });

    private static InvocationMessage Call(HubRequest request) => new(DoorHub.Method, [request]);
}
