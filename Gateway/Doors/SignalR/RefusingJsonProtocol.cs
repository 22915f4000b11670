using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>The JSON hub protocol. SignalR's own writes pings, and reads nothing: it waits for the rest of a record whose type it does not know, and overlooks what is behind one.</summary>
internal sealed class RefusingJsonProtocol : RefusingHubProtocol
{
    private readonly JsonHubProtocol _inner;

    public RefusingJsonProtocol(IOptions<JsonHubProtocolOptions> json, IOptions<HubDoorOptions> door, SessionConduct conduct)
        : this(new JsonHubProtocol(json), door.Value, conduct, session: null)
    {
    }

    private RefusingJsonProtocol(JsonHubProtocol inner, HubDoorOptions door, SessionConduct conduct, Session? session)
        : base(inner, JsonHubFormat.Instance, door, conduct, session) => _inner = inner;

    public override RefusingHubProtocol For(Session session) => new RefusingJsonProtocol(_inner, Door, Conduct, session);

    protected override InvocationEnvelope ReadEnvelope(in ReadOnlySequence<byte> content) => InvocationEnvelope.Read(content);

    protected override bool TryParseArguments(in ReadOnlySequence<byte> arguments, out JsonElement body, out string problem) =>
        RequestBody.TryParse(arguments, out body, out problem);
}
