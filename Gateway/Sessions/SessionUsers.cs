using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;
using WhatsSound.Users;

namespace WhatsSound.Gateway.Sessions;

/// <summary>Tells users' grains of their connections here.</summary>
internal sealed class SessionUsers(
    IClusterClient cluster,
    SessionRegistry sessions,
    GatewayIdentity gateway,
    IOptions<DeliveryOptions> options,
    TimeProvider time,
    ILogger<SessionUsers> logger)
{
    private static readonly ClosingMessage Replaced = new(new SessionClosing(RefusalCode.ConnectionLimit, ReconnectAfterMs: null));

    /// <summary>At the first request with an identity; null once the user's grain has taken the connection.</summary>
    public async Task<Refusal?> ConnectAsync(Session session)
    {
        if (session.IsConnectedToUser || session.Identity is not { } identity)
            return null;
        var connection = new UserConnection { ConnectionId = session.Id, GatewayId = gateway.Id };
        var answer = await InTimeAsync(UserOf(identity.UserId).ConnectAsync(connection));
        session.IsConnectedToUser = !answer.IsRefused;
        EndReplaced(answer.Value);
        return answer.Refusal;
    }

    public async Task DisconnectAsync(Session session)
    {
        if (!session.IsConnectedToUser || session.Identity is not { } identity)
            return;
        try
        {
            await InTimeAsync(UserOf(identity.UserId).DisconnectAsync(session.Id));
        }
        catch (Exception exception)
        {
            // The next renewal leaves it out.
            SessionLog.UserRenewFailed(logger, exception);
        }
    }

    /// <summary>Renews the connections of every user, users in parallel up to the bound.</summary>
    public Task RenewAllAsync(int parallelMax, CancellationToken cancellationToken)
    {
        var byUser = sessions.All
            .Where(static session => session.IsConnectedToUser)
            .GroupBy(static session => session.Identity!.UserId, StringComparer.Ordinal);
        return Parallel.ForEachAsync(
            byUser,
            new ParallelOptions { MaxDegreeOfParallelism = parallelMax, CancellationToken = cancellationToken },
            (user, _) => RenewAsync(user.Key, [.. user.Select(HeardOf)]));
    }

    private async ValueTask RenewAsync(string userId, System.Collections.Immutable.ImmutableArray<ConnectionHeard> connections)
    {
        try
        {
            EndReplaced(await InTimeAsync(UserOf(userId).RenewAsync(gateway.Id, connections)));
        }
        catch (Exception exception)
        {
            // One user's trouble is not the others'; the next round asks again.
            SessionLog.UserRenewFailed(logger, exception);
        }
    }

    private static ConnectionHeard HeardOf(Session session) => new() { ConnectionId = session.Id, SilentMs = (long)session.Silence.TotalMilliseconds };

    /// <summary>Newer connections of the user have taken the places of these, whose clients were silent for longest.</summary>
    private void EndReplaced(UserConnections? connections)
    {
        foreach (var connectionId in connections?.Ended ?? [])
        {
            if (sessions.TryFind(connectionId, out var session))
                session.Outbox.Close(Replaced);
        }
    }

    private IUserGrain UserOf(string userId) => cluster.GetGrain<IUserGrain>(UserId.KeyOf(userId));

    private Task InTimeAsync(Task call) => call.WaitAsync(options.Value.CallTimeout, time);

    private Task<T> InTimeAsync<T>(Task<T> call) => call.WaitAsync(options.Value.CallTimeout, time);
}
