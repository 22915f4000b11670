using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>
/// The MessagePack hub protocol. SignalR's own writes pings, and reads nothing: it makes objects of what it reads, and refuses without a code.
/// </summary>
internal sealed class RefusingMessagePackProtocol : RefusingHubProtocol
{
    private readonly MessagePackHubProtocol _inner;
    private readonly HubDoorOptions _door;
    private readonly SessionConduct _conduct;

    public RefusingMessagePackProtocol(IOptions<HubDoorOptions> door, SessionConduct conduct)
        : this(new MessagePackHubProtocol(), door.Value, conduct, session: null)
    {
    }

    private RefusingMessagePackProtocol(MessagePackHubProtocol inner, HubDoorOptions door, SessionConduct conduct, Session? session)
        : base(inner, MessagePackHubFormat.Instance, door, conduct, session) => (_inner, _door, _conduct) = (inner, door, conduct);

    public override RefusingHubProtocol For(Session session) => new RefusingMessagePackProtocol(_inner, _door, _conduct, session);

    protected override InvocationEnvelope ReadEnvelope(in ReadOnlySequence<byte> content) => MessagePackEnvelope.Read(content);

    /// <summary>There are no streams, and the server calls nobody: what a client says of those is about nothing, and SignalR gets a ping for it.</summary>
    protected override HubMessage? ParseOther(in ReadOnlySequence<byte> record, in InvocationEnvelope envelope, IInvocationBinder binder) => envelope switch
    {
        { IsMalformed: true } => null,
        { Type: HubProtocolConstants.CloseMessageType } => CloseMessage.Empty,
        { Type: HubProtocolConstants.StreamItemMessageType or HubProtocolConstants.CompletionMessageType or HubProtocolConstants.CancelInvocationMessageType
            or HubProtocolConstants.PingMessageType or HubProtocolConstants.AckMessageType or HubProtocolConstants.SequenceMessageType } => PingMessage.Instance,
        _ => null,
    };

    protected override bool TryParseArguments(in ReadOnlySequence<byte> arguments, out JsonElement body, out string problem)
    {
        body = default;
        return MessagePackToJson.TryConvert(arguments, out var json, out problem) && RequestBody.TryParse(new ReadOnlySequence<byte>(json), out body, out problem);
    }
}
