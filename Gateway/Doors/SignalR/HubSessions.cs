using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using WhatsSound.Gateway.Http;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>Makes a session of each SignalR connection, and ends it. SignalR's own groups and broadcasts are not used: everything goes through channels.</summary>
internal sealed class HubSessions(
    SessionRegistry sessions, SessionEnd end, Strangers strangers, RefusingHubProtocol protocol, OutboxPolicy outboxPolicy, Drain drain)
    : HubLifetimeManager<RoomHub>
{
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        var http = connection.GetHttpContext();
        var shown = connection.Features.Get<ShownToken>() ?? ShownToken.None;
        var session = new Session(connection.ConnectionId, http?.Request.IsHttps ?? false, new HubSocket(connection, JsonHubFormat.Instance), outboxPolicy)
        {
            Identity = shown.Identity,
            TokenRefusal = shown.Refusal,
        };
        connection.Protocol = protocol.For(session);
        if (http is { WebSockets.IsWebSocketRequest: true })
            Forget(http);
        sessions.Add(session);
        if (session.Identity is null)
            strangers.GiveTime(session);
        drain.TurnAway(session);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection) =>
        sessions.TryFind(connection.ConnectionId, out var session) ? end.EndAsync(session) : Task.CompletedTask;

    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) => throw NotUsed();

    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) => throw NotUsed();

    public override Task SendAllAsync(string methodName, object?[] args, CancellationToken cancellationToken = default) => throw NotUsed();

    public override Task SendAllExceptAsync(
        string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) => throw NotUsed();

    public override Task SendConnectionAsync(
        string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw NotUsed();

    public override Task SendConnectionsAsync(
        IReadOnlyList<string> connectionIds, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw NotUsed();

    public override Task SendGroupAsync(
        string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw NotUsed();

    public override Task SendGroupExceptAsync(
        string groupName, string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) =>
        throw NotUsed();

    public override Task SendGroupsAsync(
        IReadOnlyList<string> groupNames, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw NotUsed();

    public override Task SendUserAsync(
        string userId, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw NotUsed();

    public override Task SendUsersAsync(
        IReadOnlyList<string> userIds, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw NotUsed();

    /// <summary>
    /// The request of a WebSocket lives as long as the connection, and with it its headers, and the token in its address in four copies: kilobytes that
    /// nobody reads again, and a secret that no dump or log line needs to have.
    /// </summary>
    private static void Forget(HttpContext http)
    {
        http.Features.Set<IQueryFeature>(null);
        if (http.Features.Get<IHttpRequestFeature>() is not { } request)
            return;
        request.QueryString = "";
        request.RawTarget = request.Path;
        request.Headers.Clear();
    }

    private static NotSupportedException NotUsed() => new("Publish to a channel instead.");
}
