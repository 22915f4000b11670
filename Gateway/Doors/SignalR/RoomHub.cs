using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.SignalR;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Playback;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>
/// The methods of docs/protocol.md. Each takes one JSON object, reads its fields, and calls; the answer goes through the outbox, and SignalR is given none.
/// </summary>
internal sealed partial class RoomHub(
    HubCalls calls, TokenVerifier tokens, Strangers strangers, IRoomClock clock, SessionChannels channels, SessionRooms rooms, IClusterClient cluster) : Hub
{
    [HubMethodName(HubMethods.Authenticate)]
    public Task AuthenticateAsync(HubRequest request) =>
        CallAsync(request, CallKind.Anonymous, GatewayJson.Default.AuthenticateResult, call =>
        {
            var token = call.Request.Text("token", 1, int.MaxValue);
            return call.Then(() => AuthenticateAsync(call.Session, token));
        });

    [HubMethodName(HubMethods.Time)]
    public Task TimeAsync(HubRequest request)
    {
        var receivedUs = clock.NowUs;
        return CallAsync(request, CallKind.Anonymous, GatewayJson.Default.TimeResult, call =>
        {
            var sentUs = call.Request.Integer("t1Us", long.MinValue, long.MaxValue);
            return call.Then(() => Task.FromResult<Answer<TimeResult>>(new TimeResult(sentUs, receivedUs, clock.NowUs)));
        });
    }

    /// <summary>Answers for a call that could not be made; called by <see cref="RefusingHubProtocol"/> alone.</summary>
    [HubMethodName(HubMethods.Refuse)]
    public Task RefuseAsync(HubRequest request, Refusal refusal) => calls.RefuseAsync(request, refusal);

    private async Task<Answer<AuthenticateResult>> AuthenticateAsync(Session session, string token)
    {
        var answer = await tokens.VerifyAsync(token);
        if (answer.IsRefused)
            return answer.Refusal;
        var identity = answer.Value;
        if (session.Identity is { } known && !string.Equals(known.UserId, identity.UserId, StringComparison.Ordinal))
            return Refusals.Final(RefusalCode.Forbidden, "The connection belongs to another user; open a new one.", "token");
        if (session.Identity is null)
            strangers.Leave(session.Id);
        session.Identity = identity;
        session.TokenRefusal = null;
        return new AuthenticateResult(identity.UserId, identity.DisplayName, identity.ExpiresAt.ToUnixTimeMilliseconds(), session.Id);
    }

    private Task CallAsync<T>(HubRequest request, CallKind kind, JsonTypeInfo<T> typeInfo, Func<HubCall, Task<Answer<T>>> carryOut)
        where T : class => calls.RunAsync(request, kind, typeInfo, carryOut);

    private Task CallAsync<T>(HubRequest request, JsonTypeInfo<T> typeInfo, Func<HubCall, Task<Answer<T>>> carryOut)
        where T : class => CallAsync(request, CallKind.Command, typeInfo, carryOut);
}
