using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>The JSON hub protocol.</summary>
internal sealed class RefusingJsonProtocol : RefusingHubProtocol
{
    private readonly JsonHubProtocol _inner;
    private readonly HubDoorOptions _door;
    private readonly SessionConduct _conduct;

    public RefusingJsonProtocol(IOptions<JsonHubProtocolOptions> json, IOptions<HubDoorOptions> door, SessionConduct conduct)
        : this(new JsonHubProtocol(json), door.Value, conduct, session: null)
    {
    }

    private RefusingJsonProtocol(JsonHubProtocol inner, HubDoorOptions door, SessionConduct conduct, Session? session)
        : base(inner, JsonHubFormat.Instance, door, conduct, session) => (_inner, _door, _conduct) = (inner, door, conduct);

    public override RefusingHubProtocol For(Session session) => new RefusingJsonProtocol(_inner, _door, _conduct, session);

    protected override InvocationEnvelope ReadEnvelope(in ReadOnlySequence<byte> content) => InvocationEnvelope.Read(content);

    /// <summary>
    /// SignalR's protocol says of a record whose type it does not know that it is not whole yet: then the connection would wait for more, and parse what
    /// it has again with every byte.
    /// </summary>
    protected override HubMessage? ParseOther(in ReadOnlySequence<byte> record, in InvocationEnvelope envelope, IInvocationBinder binder)
    {
        var input = record;
        try
        {
            return _inner.TryParseMessage(ref input, binder, out var message) ? message : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    protected override bool TryParseArguments(in ReadOnlySequence<byte> arguments, out JsonElement body, out string problem) =>
        RequestBody.TryParse(arguments, out body, out problem);
}
