using System.Buffers;
using System.Text.Json;
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

    public RefusingMessagePackProtocol(IOptions<HubDoorOptions> door, SessionConduct conduct)
        : this(new MessagePackHubProtocol(), door.Value, conduct, session: null)
    {
    }

    private RefusingMessagePackProtocol(MessagePackHubProtocol inner, HubDoorOptions door, SessionConduct conduct, Session? session)
        : base(inner, MessagePackHubFormat.Instance, door, conduct, session) => _inner = inner;

    public override RefusingHubProtocol For(Session session) => new RefusingMessagePackProtocol(_inner, Door, Conduct, session);

    protected override InvocationEnvelope ReadEnvelope(in ReadOnlySequence<byte> content) => MessagePackEnvelope.Read(content);

    protected override bool TryParseArguments(in ReadOnlySequence<byte> arguments, out JsonElement body, out string problem)
    {
        body = default;
        return MessagePackToJson.TryConvert(arguments, out var json, out problem) && RequestBody.TryParse(new ReadOnlySequence<byte>(json), out body, out problem);
    }
}
