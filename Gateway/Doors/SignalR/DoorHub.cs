using Microsoft.AspNetCore.SignalR;
using WhatsSound.Gateway.Sessions.Calls;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>Where SignalR's dispatcher leaves a call: the only method, whatever the client calls. The answer goes through the session's outbox.</summary>
internal sealed class DoorHub(SessionCalls calls) : Hub
{
    /// <summary>Called by what <see cref="RefusingHubProtocol"/> makes of a client's message, and by nothing else.</summary>
    public const string Method = "$call";

    [HubMethodName(Method)]
    public Task CallAsync(HubRequest call) => call switch
    {
        { Refusal: { } refusal } => calls.RefuseAsync(call.Session, call.InvocationId, refusal, isCounted: true),
        { Request: { } request } => calls.RunAsync(call.Session, call.InvocationId, request, call.Body, isCounted: true),
        _ => throw new ArgumentException("There is nothing to do.", nameof(call)),
    };
}
