using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Gateway.Transport;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>Makes a session of each SignalR connection, and ends it. SignalR's own groups and broadcasts are not used: everything goes through channels.</summary>
internal sealed class HubSessions(SessionHost host, SessionRegistry sessions, IOptions<HubDoorOptions> options) : HubLifetimeManager<DoorHub>
{
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        var http = connection.GetHttpContext();
        var admission = connection.Features.Get<SessionAdmission>() ?? throw new InvalidOperationException("The connection was not let in.");
        var isTls = http?.Request.IsHttps ?? false;
        var isWebSocket = http is { WebSockets.IsWebSocketRequest: true };
        // That of no session, which SignalR agreed on with the client.
        var protocol = (RefusingHubProtocol)connection.Protocol;
        var session = host.Open(admission, HubDoor.Name, isTls, new HubSocket(connection, protocol.Format));
        connection.Protocol = protocol.For(session);
        if (isWebSocket)
        {
            ConnectionRequest.Forget(http!);
            EndWhenSilent(connection, session);
        }

        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection) =>
        connection.Features.Get<SessionAdmission>() is { } admission && sessions.TryFind(admission.ConnectionId, out var session) ? host.EndAsync(session) : Task.CompletedTask;

    /// <summary>SignalR looks only after clients that have sent a ping once; one that is gone without having done so would be here for ever.</summary>
    private void EndWhenSilent(HubConnectionContext connection, Session session)
    {
        var silenceMax = options.Value.ClientTimeout;
        connection.Features.Get<IConnectionHeartbeatFeature>()?.OnHeartbeat(
            _ =>
            {
                if (session.Silence >= silenceMax)
                    connection.Abort();
            },
            this);
    }

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

    private static NotSupportedException NotUsed() => new("Publish to a channel instead.");
}
