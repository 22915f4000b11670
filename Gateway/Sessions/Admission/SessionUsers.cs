using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;
using WhatsSound.Users;

namespace WhatsSound.Gateway.Sessions;

/// <summary>Tells users' grains of their connections here.</summary>
internal sealed class SessionUsers(
    IClusterClient cluster,
    SessionRegistry sessions,
    Strangers strangers,
    GatewayIdentity gateway,
    IOptions<DeliveryOptions> options,
    TimeProvider time,
    ILogger<SessionUsers> logger)
{
    /// <summary>Whose connections are being renewed: users of sessions.</summary>
    private readonly ConcurrentDictionary<string, byte> _renewing = new(StringComparer.Ordinal);

    private static readonly ClosingMessage Replaced = new(new SessionClosing(RefusalCode.ConnectionLimit, ReconnectAfterMs: null));

    /// <summary>
    /// Counts a connection among its user's, as soon as it is known whose it is. Nobody waits for that but the requests that need it: to open a connection, and to ask for the time, costs no call.
    /// </summary>
    public void Count(Session session)
    {
        var counting = TryConnectAsync(session);
        if (!counting.IsCompleted)
            session.Counting = counting;
    }

    /// <summary>Null once the user's grain has taken the connection. One that is gone it does not take: nobody would say so, and it would have a place until its lease is over.</summary>
    /// <param name="session">Whose it is.</param>
    /// <param name="givenUp">When whoever asks does not wait any longer; the grain is told all the same.</param>
    public async Task<Refusal?> ConnectAsync(Session session, CancellationToken givenUp)
    {
        if (session.Counting is { } counting)
            await counting.WaitAsync(givenUp);
        if (session.IsConnectedToUser || session.HasEnded || session.Identity is not { } identity)
            return null;
        var telling = TellAsync(session, identity.UserId);
        // What fails after nobody waits any longer is seen here, and not by the runtime.
        _ = telling.ContinueWith(static told => told.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return await telling.WaitAsync(givenUp);
    }

    private async Task<Refusal?> TellAsync(Session session, string userId)
    {
        var connection = new UserConnection { ConnectionId = session.Id, GatewayId = gateway.Id };
        var answer = await UserOf(userId).ConnectAsync(connection).InTimeAsync(options.Value, time);
        session.IsConnectedToUser = !answer.IsRefused;
        if (answer.Refusal is { } refusal)
            strangers.Refuse(session, refusal);
        EndReplaced(answer.Value);
        // It may have gone while a request told of it; otherwise whoever ends it waits for this.
        if (session is { HasEnded: true, Counting: not { IsCompleted: false } })
            await UserOf(userId).DisconnectAsync(session.Id).InTimeAsync(options.Value, time);
        return answer.Refusal;
    }

    /// <summary>Says that the session lives here. Does not throw: where the user's grain cannot be told, the session can be resumed once it is parked.</summary>
    public async Task HoldAsync(Session session, Resumption resumption, ISessionHolder holder)
    {
        try
        {
            var hold = new SessionHold
            {
                SessionId = resumption.SessionId,
                ConnectionId = session.Id,
                ConnectionNumber = resumption.ConnectionNumber,
                Holder = holder,
            };
            resumption.Hold = hold;
            await UserOf(session.Identity!.UserId).HoldAsync(hold).InTimeAsync(options.Value, time).WaitAsync(session.GivenUp);
        }
        catch (Exception exception)
        {
            SessionLog.HoldFailed(logger, exception);
        }
    }

    /// <summary>Where one of the user's sessions is; one that is parked is the caller's from now on.</summary>
    public Task<SessionFound> TakeAsync(string userId, string sessionId, ImmutableArray<byte> keyHash) =>
        UserOf(userId).TakeAsync(sessionId, keyHash).InTimeAsync(options.Value, time);

    /// <summary>Gives a session back that was taken and could not be gone on with: it waits for another connection. Does not throw.</summary>
    public async Task ParkAgainAsync(string userId, ParkedSession parked)
    {
        try
        {
            // It is none of the connection that has it by what was said last.
            var again = parked with { ConnectionNumber = parked.ConnectionNumber + 1 };
            await UserOf(userId).ParkAsync(connectionId: "", again).InTimeAsync(options.Value, time);
        }
        catch (Exception exception)
        {
            SessionLog.ParkFailed(logger, exception);
        }
    }

    /// <summary>The connection is gone, and its session is to be kept. Whether it is; does not throw.</summary>
    public async Task<bool> ParkAsync(Session session, ParkedSession parked)
    {
        try
        {
            await UserOf(session.Identity!.UserId).ParkAsync(session.Id, parked).InTimeAsync(options.Value, time);
            return true;
        }
        catch (Exception exception)
        {
            // Its client is told that it is lost, and goes on by positions.
            SessionLog.ParkFailed(logger, exception);
            return false;
        }
    }

    public async Task DisconnectAsync(Session session)
    {
        // The grain could take it after it was told that it is gone.
        if (session.Counting is { } counting)
            await counting;
        if (session.Identity is not { } identity)
            return;
        try
        {
            await UserOf(identity.UserId).DisconnectAsync(session.Id).InTimeAsync(options.Value, time);
        }
        catch (Exception exception)
        {
            SessionLog.DisconnectFailed(logger, exception);
        }
    }

    /// <summary>Renews the connections of every user, users in parallel up to the bound, but those for whom that is under way. Those that were told to go do not count any more.</summary>
    public Task RenewAllAsync(CancellationToken cancellationToken)
    {
        var byUser = sessions.All
            .Where(session => session is { Identity: { } identity, Outbox.Goodbye: null } && !_renewing.ContainsKey(identity.UserId))
            .GroupBy(static session => session.Identity!.UserId, StringComparer.Ordinal);
        return BoundedCalls.ForEachAsync(byUser, user => RenewAsync(user.Key, [.. user.Select(HeardOf)]), options.Value, time, cancellationToken);
    }

    /// <summary>Does not throw: where the grain cannot be reached, the first request that needs it tries again, and so does the next renewal.</summary>
    private async Task TryConnectAsync(Session session)
    {
        try
        {
            await ConnectAsync(session, CancellationToken.None);
        }
        catch (Exception exception)
        {
            SessionLog.UserRenewFailed(logger, exception);
        }

        session.Counting = null;
    }

    private async Task RenewAsync(string userId, ImmutableArray<ConnectionHeard> connections)
    {
        _renewing[userId] = 0;
        try
        {
            EndReplaced(await UserOf(userId).RenewAsync(gateway.Id, connections).InTimeAsync(options.Value, time));
        }
        catch (Exception exception)
        {
            // One user's trouble is not the others'; the next round asks again.
            SessionLog.UserRenewFailed(logger, exception);
        }

        _renewing.TryRemove(userId, out _);
    }

    /// <summary>What a session is known by goes along each time: a silo that crashes takes the memory of it.</summary>
    private static ConnectionHeard HeardOf(Session session) =>
        new() { ConnectionId = session.Id, SilentMs = (long)session.Silence.TotalMilliseconds, Hold = session.HasEnded ? null : session.Resumption?.Hold };

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
}
