using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using WhatsSound.Gateway.Http;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>Makes a session of each SignalR connection, and ends it. SignalR's own groups and broadcasts are not used: everything goes through channels.</summary>
internal sealed class HubSessions(SessionRegistry sessions, SessionEnd end, TokenVerifier tokens, OutboxPolicy outboxPolicy, Drain drain)
    : HubLifetimeManager<RoomHub>
{
    private const string BearerPrefix = "Bearer ";

    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        var http = connection.GetHttpContext();
        var session = new Session(connection.ConnectionId, http?.Request.IsHttps ?? false, new HubSocket(connection), outboxPolicy);
        if (http is not null && TokenOf(http.Request) is { } token)
        {
            var answer = await tokens.VerifyAsync(token);
            session.Identity = answer.Value;
            session.TokenRefusal = answer.Refusal;
        }

        if (http is { WebSockets.IsWebSocketRequest: true })
            Forget(http);
        sessions.Add(session);
        drain.TurnAway(session);
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

    private static string? TokenOf(HttpRequest request)
    {
        if (request.Query["access_token"].ToString() is { Length: > 0 } token)
            return token;
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) ? header[BearerPrefix.Length..].Trim() : null;
    }

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
