using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Messages;
using WhatsSound.Publications;
using WhatsSound.Rooms;
using WhatsSound.Users;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// How a session goes on with a new connection, on whichever gateway. What the client says that it has decides what it gets: what was sent to a connection that is lost may not have arrived.
/// </summary>
internal sealed class SessionResume(
    SessionParking parking,
    SessionUsers users,
    SessionChannels channels,
    SessionRooms rooms,
    CallFailures failures,
    Allowances allowances,
    IOptions<SessionLimits> limits,
    TimeProvider time,
    GatewayMeters meters,
    ILogger<SessionResume> logger)
{
    /// <summary>A session that is held, and is not when it is asked for, is parked by then; or was taken by another, from whom it may be had.</summary>
    private const int SearchesMax = 3;

    /// <summary>After this time no more is begun, be it a room, a channel or presence: the client waits for the answer, and can ask for the rest by itself.</summary>
    private static readonly TimeSpan RestoreWithin = TimeSpan.FromSeconds(6);

    /// <summary>Makes a session one that can be resumed. Refusals: CONFLICT where it is one, NOT_READY where it has ended.</summary>
    public async Task<Answer<SessionResumed>> OfferAsync(Session session)
    {
        if (session.Resumption is not null)
            return HasOne();
        var key = SessionKey.New();
        return await parking.TryHoldAsync(session, new Resumption(session.Id, SessionKey.HashOf(key)))
            ? Resumed(session, key, [], [])
            : Closing();
    }

    /// <summary>
    /// Gives a session that has nothing yet all that another had and the user may still have; access is that of now. Refusals: SESSION_NOT_FOUND, CONFLICT, NOT_READY.
    /// </summary>
    public async Task<Answer<SessionResumed>> ResumeAsync(Session session, string sessionId, string key, ResumeFrom from)
    {
        if (session.Resumption is not null || session.AttachmentCount > 0 || session.Rooms.Count > 0)
            return HasOne();
        var keyHash = SessionKey.HashOf(key);
        if (await FindAsync(session, sessionId, keyHash) is not { } parked)
            return NotFound();
        if (!string.Equals(parked.Door, session.Door, StringComparison.Ordinal) || from.In(parked) is not { } positions)
        {
            await users.ParkAgainAsync(session.Identity!.UserId, parked);
            return NotFound();
        }

        var resumption = new Resumption(sessionId, keyHash, parked);
        if (!await parking.TryHoldAsync(session, resumption))
        {
            await users.ParkAsync(session, parked);
            return Closing();
        }

        var refused = new List<ChannelRefused>();
        var begun = time.GetTimestamp();
        var closed = await RestoreRoomsAsync(session, parked, begun);
        var recoveries = await RestoreChannelsAsync(session, parked, positions, begun, closed, refused);
        await RestorePresenceAsync(session, parked, begun, refused);
        TakeBack(session, recoveries, refused);
        resumption.Restored();
        return Resumed(session, key, recoveries, refused);
    }

    private async Task<ParkedSession?> FindAsync(Session session, string sessionId, ImmutableArray<byte> keyHash)
    {
        var isReached = true;
        for (var search = 0; search < SearchesMax; search++)
        {
            var found = await WaitAsync(session, users.TakeAsync(session.Identity!.UserId, sessionId, keyHash), static found => found.Parked);
            var parked = found.Parked;
            // A gateway that did not answer is not asked again: it is gone, or has given the session away by the next look.
            var asksHolder = parked is null && found.Holder is not null && isReached;
            if (asksHolder)
                (parked, isReached) = await ReleaseAsync(session, found.Holder!, sessionId, keyHash);
            if (parked is not null)
            {
                meters.Resumed(found.Parked is null ? SessionPlace.Held : SessionPlace.Parked);
                return parked;
            }

            if (!asksHolder)
                break;
        }

        meters.Resumed(SessionPlace.Nowhere);
        return null;
    }

    /// <summary>Waits as long as the connection does. A session that comes afterwards is given back, so that the next connection finds it.</summary>
    private async Task<T> WaitAsync<T>(Session session, Task<T> asking, Func<T, ParkedSession?> parkedIn)
    {
        try
        {
            return await asking.WaitAsync(session.GivenUp);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it, but it ends: what is asked answers in time or fails.
            _ = GiveBackAsync(session.Identity!.UserId, asking, parkedIn);
            throw;
        }
    }

    private async Task GiveBackAsync<T>(string userId, Task<T> asking, Func<T, ParkedSession?> parkedIn)
    {
        try
        {
            if (parkedIn(await asking) is { } parked)
                await users.ParkAgainAsync(userId, parked);
        }
        catch (Exception exception)
        {
            SessionLog.ReleaseFailed(logger, exception);
        }
    }

    private async Task<(ParkedSession? Parked, bool IsReached)> ReleaseAsync(Session session, ISessionHolder holder, string sessionId, ImmutableArray<byte> keyHash)
    {
        try
        {
            return (await WaitAsync(session, holder.ReleaseAsync(sessionId, keyHash), static parked => parked), true);
        }
        catch (Exception exception)
        {
            // The gateway is gone, and with it the session.
            SessionLog.ReleaseFailed(logger, exception);
            return (null, false);
        }
    }

    /// <summary>The rooms that do not let the session in again, and why.</summary>
    private async Task<Dictionary<string, Refusal>> RestoreRoomsAsync(Session session, ParkedSession parked, long begun)
    {
        var closed = new Dictionary<string, Refusal>(StringComparer.Ordinal);
        foreach (var roomId in parked.Rooms)
        {
            var info = parked.Channels.FirstOrDefault(channel => channel.Channel == RoomId.KeyOf(roomId))?.Info ?? default;
            var command = new RoomCommand
            {
                CommandId = Guid.NewGuid().ToString("N"),
                UserId = session.Identity!.UserId,
                DisplayName = session.Identity.DisplayName,
                Action = new JoinRoom(),
            };
            if ((RefuseLate(begun) ?? allowances.TakeSnapshot(session) ?? await TryAsync(() => rooms.ReturnAsync(session, roomId, command, info), session)) is { } refusal)
                closed.Add(roomId, refusal);
        }

        return closed;
    }

    private async Task<List<ChannelRecovery>> RestoreChannelsAsync(
        Session session, ParkedSession parked, IReadOnlyDictionary<string, Position> positions, long begun, Dictionary<string, Refusal> closed, List<ChannelRefused> refused)
    {
        var recoveries = new List<ChannelRecovery>();
        var bytes = 0;
        foreach (var channel in parked.Channels)
        {
            var roomId = RoomId.InChannel(channel.Channel);
            if (roomId is not null && closed.TryGetValue(roomId, out var why))
            {
                refused.Add(new(channel.Channel, RefusedPart.Subscribe, why));
                continue;
            }

            var isKnown = positions.TryGetValue(channel.Channel, out var since);
            Recovery? recovery = null;
            var refusal = RefuseLate(begun) ?? await TryAsync(
                async () =>
                {
                    var answer = await channels.SubscribeAsync(session, channel.Channel, RequestOf(session, channel, isKnown ? since : null));
                    recovery = answer.Value;
                    return answer.Refusal;
                },
                session);
            var more = recovery?.Publications.Sum(static one => one.ContentBytes) ?? 0;
            if (bytes + more > limits.Value.ResumeBytesMax)
                refusal = Undo(session, channel.Channel);
            else
                bytes += more;
            if (refusal is not null)
            {
                refused.Add(new(channel.Channel, RefusedPart.Subscribe, refusal));
                // A room is whole or not at all.
                if (RoomId.OfChannel(channel.Channel) is { } ownerId && closed.TryAdd(ownerId, refusal))
                    await CloseAsync(session, ownerId, refusal, recoveries, refused);
                continue;
            }

            // Who does not say what they have is not told that it is all.
            recoveries.Add(ChannelRecovery.Of(channel.Channel, isKnown ? recovery! : recovery! with { Verdict = Verdict.Lost }));
        }

        return recoveries;
    }

    private async Task RestorePresenceAsync(Session session, ParkedSession parked, long begun, List<ChannelRefused> refused)
    {
        foreach (var channel in parked.Channels)
        {
            if (channel.Info is not { } info || RoomId.OfChannel(channel.Channel) is not null || session.FindAttachment(channel.Channel) is null)
                continue;
            var refusal = RefuseLate(begun) ?? await TryAsync(async () => (await channels.EnterAsync(session, channel.Channel, info)).Refusal, session);
            if (refusal is not null)
                refused.Add(new(channel.Channel, RefusedPart.Presence, refusal));
        }
    }

    /// <summary>What was restored and taken from the session again since is no part of the answer; what is taken from here on is told behind it.</summary>
    private void TakeBack(Session session, List<ChannelRecovery> recoveries, List<ChannelRefused> refused)
    {
        for (var i = recoveries.Count - 1; i >= 0; i--)
        {
            var channel = recoveries[i].Channel;
            var outside = channels.Access.RefuseUse(session, channel, Capability.Subscribe);
            if (outside is null && session.FindAttachment(channel) is not null)
                continue;
            recoveries.RemoveAt(i);
            var why = session.TakeUntold(channel) is { } code ? Refusals.Final(code, "The connection was taken out of the channel meanwhile.") : outside;
            refused.Add(new(channel, RefusedPart.Subscribe, why ?? TooSlow()));
        }
    }

    private AttachRequest RequestOf(Session session, ParkedChannel channel, Position? since)
    {
        var filter = channel.Events.IsEmpty && channel.Headers.IsEmpty ? null : new MessageFilter(channel.Events, channel.Headers);
        var wants = channels.WantsOf(channel.Channel, filter, channel.HasEcho ? null : session.StableId, channel.Presence, channel.NotKey);
        return new AttachRequest(new RecoverRequest { Since = since }, Wants: wants, FollowsOccupancy: channel.FollowsOccupancy);
    }

    private async Task CloseAsync(Session session, string roomId, Refusal why, List<ChannelRecovery> recoveries, List<ChannelRefused> refused)
    {
        await rooms.Stays.LoseAsync(session, roomId).WaitAsync(session.GivenUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var recovery in recoveries.Where(recovery => RoomId.InChannel(recovery.Channel) == roomId).ToList())
        {
            recoveries.Remove(recovery);
            refused.Add(new(recovery.Channel, RefusedPart.Subscribe, why));
        }
    }

    /// <summary>The rest of a session is not lost with one of its channels.</summary>
    private async Task<Refusal?> TryAsync(Func<Task<Refusal?>> restore, Session session)
    {
        try
        {
            return await restore();
        }
        catch (Exception exception)
        {
            return failures.Translate(exception, session.HasEnded, session.Turns.IsLate);
        }
    }

    private static Refusal Undo(Session session, string channel)
    {
        if (session.FindAttachment(channel) is { } attachment)
            SessionChannels.Detach(session, attachment);
        return Refusals.Retry(RefusalCode.RateLimited, "There is more to be read than one answer takes; subscribe to the channel by itself.", TimeSpan.Zero);
    }

    private SessionResumed Resumed(Session session, string key, IReadOnlyList<ChannelRecovery> recoveries, IReadOnlyList<ChannelRefused> refused) =>
        new(session.StableId, key, (long)parking.ParkedFor.TotalMilliseconds, [.. session.Rooms], [.. recoveries], [.. refused]);

    private static Refusal NotFound() =>
        Refusals.Final(RefusalCode.SessionNotFound, "There is no such session to resume; subscribe from your positions.", "sessionId");

    private static Refusal HasOne() => Refusals.Final(RefusalCode.Conflict, "The connection has a session of its own already.", "sessionId");

    private Refusal? RefuseLate(long begun) => time.GetElapsedTime(begun) > RestoreWithin ? TooSlow() : null;

    private static Refusal TooSlow() => Refusals.Retry(RefusalCode.NotReady, "Other channels of the session took too long; subscribe to the channel by itself.");

    private static Refusal Closing() => Refusals.Retry(RefusalCode.NotReady, "The connection is closing.");
}
