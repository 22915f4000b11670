using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Requests;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Gateway.Sessions.Calls;
using WhatsSound.Gateway.Transport;

namespace WhatsSound.Tests.Doors.Plain;

/// <summary>The simplest door: a request is <c>{id, do, with}</c> in a text message, <c>{bye}</c> says that no more comes. It measures how much a door has to bring.</summary>
internal sealed class PlainProtocol(SessionCalls calls, TimeSpan? heartbeatInterval = null, TimeSpan? silenceMax = null) : ISocketProtocol
{
    private const int RequestBytesMax = 64 * 1024;

    public string Door => "plain";

    public IWireFormat Format => PlainFormat.Instance;

    public bool IsText => true;

    public TimeSpan? HeartbeatInterval => heartbeatInterval;

    public TimeSpan? SilenceMax => silenceMax;

    public Task ReceiveAsync(Session session, ReadOnlyMemory<byte> message, bool isText)
    {
        if (!RequestJson.TryParse(new ReadOnlySequence<byte>(message), out var request, out var problem))
            throw new InvalidDataException(problem);
        if (request.ValueKind == JsonValueKind.Object && request.TryGetProperty("bye", out _))
        {
            session.HasSaidGoodbye = true;
            return Task.CompletedTask;
        }

        if (request.ValueKind != JsonValueKind.Object || !request.TryGetProperty("id", out var field) || !field.TryGetInt64(out var id))
            throw new InvalidDataException("The message has no id.");
        if (message.Length > RequestBytesMax)
            return calls.RefuseAsync(session, id, Refusals.Limit(RefusalCode.PayloadTooLarge, $"A request must have at most {RequestBytesMax:N0} bytes.", RequestBytesMax));
        if (!request.TryGetProperty("do", out var name) || !JsonText.TryRead(name, out var text) || !RequestCatalogue.TryFind(text, out var meant))
            return calls.RefuseAsync(session, id, Refusals.Final(RefusalCode.UnknownMethod, "There is no such request."));
        return request.TryGetProperty("with", out var body) && body.ValueKind == JsonValueKind.Object
            ? calls.RunAsync(session, id, meant, body)
            : calls.RefuseAsync(session, id, Refusals.BadRequest("with", "`with` must be an object."));
    }

    public CloseWord CloseOf(ClosingMessage goodbye) => new(
        goodbye.Closing.Code switch
        {
            RefusalCode.PayloadTooLarge => WebSocketCloseStatus.MessageTooBig,
            RefusalCode.BadRequest => WebSocketCloseStatus.InvalidPayloadData,
            _ => goodbye.MayReconnect ? WebSocketCloseStatus.EndpointUnavailable : WebSocketCloseStatus.PolicyViolation,
        },
        goodbye.Closing.Code);

    public CloseWord CloseOf(Refusal refusal) => new(WebSocketCloseStatus.PolicyViolation, refusal.Code);
}
