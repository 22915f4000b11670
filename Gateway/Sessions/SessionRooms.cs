using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Identity;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Sessions;

/// <summary>How a session enters and leaves rooms: the room's grain decides, the room's four channels deliver.</summary>
internal sealed class SessionRooms(IClusterClient cluster, SessionChannels channels, IOptions<SessionLimits> options)
{
    private const int SnapshotAttemptsMax = 4;

    /// <summary>
    /// Joins, and attaches to the room's channels: behind the snapshot, or, with positions from which every channel recovers, behind those.
    /// Refusals: those of access and of the room, SUBSCRIPTION_LIMIT, NOT_READY.
    /// </summary>
    public async Task<Answer<RoomJoin>> JoinAsync(
        Session session, string roomId, RoomCommand command, Payload info, IReadOnlyDictionary<string, Position>? since)
    {
        if (RefuseJoin(session, roomId) is { } refusal)
            return refusal;
        var isNew = !session.Rooms.Contains(roomId, StringComparer.Ordinal);
        HoldChannels(session, roomId);
        var entry = channels.Presence.BeginEnter(session, RoomId.KeyOf(roomId), info);
        try
        {
            var joined = await Room(roomId).JoinAsync(command, entry);
            if (joined.IsRefused)
            {
                await channels.Presence.EndEnterAsync(session, RoomId.KeyOf(roomId), entry, joined.Refusal);
                if (joined.Refusal.Code is RefusalCode.RoomFull or RefusalCode.RoomNotFound)
                    await ForgetAsync(session, roomId);
                return joined.Refusal;
            }

            var answer = await DeliverAsync(session, roomId, joined.Value, since);
            if (!answer.IsRefused && TryRemember(session, roomId))
            {
                await channels.Presence.EndEnterAsync(session, RoomId.KeyOf(roomId), entry, refusal: null);
                return answer;
            }

            await UndoAsync(session, roomId, entry, isNew);
            return answer.IsRefused ? answer : Moving();
        }
        catch
        {
            await UndoAsync(session, roomId, entry, isNew);
            throw;
        }
    }

    /// <summary>
    /// Leaves, and detaches from the room's channels; also where the room knows nothing of the session, or cannot be reached: a leave that fails is no stay.
    /// </summary>
    public async Task<Answer<RoomReceipt>> LeaveAsync(Session session, string roomId, RoomCommand command)
    {
        var exit = channels.Presence.BeginLeave(session, RoomId.KeyOf(roomId));
        var leavingBeneath = DetachAsync(session, roomId);
        var isDone = false;
        try
        {
            var answer = await Room(roomId).LeaveAsync(command, exit ?? new() { UserId = command.UserId, ConnectionId = session.Id });
            isDone = !answer.IsRefused;
            return answer;
        }
        finally
        {
            await leavingBeneath;
            if (exit is not null)
                await channels.Presence.EndLeaveAsync(RoomId.KeyOf(roomId), exit, isDone);
        }
    }

    /// <summary>A new snapshot; delivery continues from its positions. Refusals: those of access and of the room, NOT_READY.</summary>
    public async Task<Answer<RoomSnapshot>> GetSnapshotAsync(Session session, string roomId)
    {
        if (RefuseJoin(session, roomId) is { } refusal)
            return refusal;
        HoldChannels(session, roomId);
        var snapshot = await Room(roomId).GetSnapshotAsync(session.Identity!.UserId);
        return snapshot.IsRefused || !session.Rooms.Contains(roomId, StringComparer.Ordinal)
            ? snapshot
            : await FollowAsync(session, roomId, snapshot.Value);
    }

    /// <summary>
    /// What a session is told that the room does not know, though it has joined it here: to ask again. The room has come back without its memory, and this gateway enters the
    /// connection again with its next renewal. Whoever is told to be out for good leaves the page.
    /// </summary>
    public static Answer<T> Reconsider<T>(Session session, string roomId, Answer<T> answer)
        where T : class =>
        answer.Refusal is { Code: RefusalCode.NotMember } refusal
        && string.Equals(refusal.Detail, session.Identity?.UserId, StringComparison.Ordinal)
        && session.Rooms.Contains(roomId, StringComparer.Ordinal)
            ? Refusals.Retry(RefusalCode.NotReady, "The room has just come back and does not know the user yet.", TimeSpan.FromSeconds(1))
            : answer;

    /// <summary>Null if the session's identity may be in the room.</summary>
    public Refusal? RefuseAccess(Session session, string roomId) =>
        channels.RefuseAccess(session, RoomId.KeyOf(roomId), Capability.Presence)
        ?? RoomId.ChannelsOf(roomId).Select(name => channels.RefuseAccess(session, name, Capability.Subscribe)).FirstOrDefault(static refusal => refusal is not null);

    /// <summary>Takes a session out of a room that it has not left, and says so. Does not throw.</summary>
    public Task RemoveAsync(Session session, string roomId, Refusal why)
    {
        session.RemoveRoom(roomId);
        var ending = AttachmentsIn(session, roomId).Select(attachment => channels.DetachAsync(session, attachment, why)).ToList();
        return Task.WhenAll([.. ending, channels.Presence.TryLeaveAsync(session, RoomId.KeyOf(roomId))]);
    }

    private async Task<Answer<RoomJoin>> DeliverAsync(
        Session session, string roomId, RoomSnapshot snapshot, IReadOnlyDictionary<string, Position>? since)
    {
        if (since is not null && await TryRecoverAsync(session, roomId, since) is { } recovery)
            return recovery;
        var followed = await FollowAsync(session, roomId, snapshot);
        return followed.IsRefused ? followed.Refusal : new RoomJoin(since is null ? Verdict.Live : Verdict.Lost, followed.Value, []);
    }

    /// <summary>
    /// Null where a channel's position is missing or does not recover. Attaches only when all recover: what one channel delivered in the meantime would
    /// come before the snapshot that replaces everything, and not continue it.
    /// </summary>
    private async Task<Answer<RoomJoin>?> TryRecoverAsync(Session session, string roomId, IReadOnlyDictionary<string, Position> since)
    {
        var names = RoomId.ChannelsOf(roomId);
        if (!names.All(since.ContainsKey))
            return null;
        var missed = await Task.WhenAll(names.Select(name => channels.ReadAfterAsync(session, name, since[name])));
        if (!missed.All(static recovery => recovery.Verdict == Verdict.Recovered))
            return null;
        var attached = await Task.WhenAll(names.Zip(missed, (name, recovery) => AttachBehindAsync(session, name, recovery.Position)));
        return attached.All(static answer => answer.Value is { Verdict: Verdict.Recovered })
            ? new RoomJoin(Verdict.Recovered, null, [.. names.Zip(missed, ChannelRecovery.Of)])
            : Moving();
    }

    /// <summary>Attaches behind the snapshot's positions; takes a newer snapshot where a channel cannot continue from them.</summary>
    private async Task<Answer<RoomSnapshot>> FollowAsync(Session session, string roomId, RoomSnapshot snapshot)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answers = await Task.WhenAll(RoomId.ChannelsOf(roomId).Select(name => AttachBehindAsync(session, name, snapshot.Positions[name])));
            if (answers.All(static answer => answer.Value is { Verdict: Verdict.Recovered }))
                return snapshot;
            if (attempt == SnapshotAttemptsMax)
                return Moving();
            var newer = await Room(roomId).GetSnapshotAsync(session.Identity!.UserId);
            if (newer.IsRefused)
                return newer.Refusal.Code == RefusalCode.NotMember ? Moving() : newer.Refusal;
            snapshot = newer.Value;
        }
    }

    private Task<Answer<Recovery>> AttachBehindAsync(Session session, string channel, Position position) =>
        channels.AttachAsync(session, channel, new AttachRequest(new RecoverRequest { Since = position }, IsCatchUpDelivered: true));

    private static Refusal Moving() =>
        Refusals.Retry(RefusalCode.NotReady, "The room's channels are moving; try again.", TimeSpan.FromMilliseconds(500));

    private Refusal? RefuseJoin(Session session, string roomId)
    {
        var isNew = !session.Rooms.Contains(roomId, StringComparer.Ordinal);
        if (isNew && session.Rooms.Count >= options.Value.RoomsMax)
            return Refusals.Limit(RefusalCode.SubscriptionLimit, "The connection is in as many rooms as is allowed.", options.Value.RoomsMax);
        var names = RoomId.ChannelsOf(roomId);
        if (session.AttachmentCount + names.Count(name => session.FindAttachment(name) is null) > options.Value.ChannelsMax)
            return Refusals.Limit(RefusalCode.SubscriptionLimit, "The connection is attached to as many channels as is allowed.", options.Value.ChannelsMax);
        return RefuseAccess(session, roomId);
    }

    /// <summary>
    /// A join that was refused or failed has changed nothing. The connection leaves presence as one who was lost: a leave on purpose would end the grace of
    /// a host who is trying to return.
    /// </summary>
    private async Task UndoAsync(Session session, string roomId, PresenceEntry entry, bool isNew)
    {
        if (isNew || session.HasEnded)
            await DetachAsync(session, roomId);
        await channels.Presence.UndoEnterAsync(RoomId.KeyOf(roomId), entry);
    }

    /// <summary>The room knows nothing of the session and does not let it in: whatever it had of the room ends.</summary>
    private async Task ForgetAsync(Session session, string roomId)
    {
        await DetachAsync(session, roomId);
        await channels.Presence.TryLeaveAsync(session, RoomId.KeyOf(roomId));
    }

    /// <summary>What the snapshot does not have yet is to come after it.</summary>
    private static void HoldChannels(Session session, string roomId)
    {
        foreach (var channel in RoomId.ChannelsOf(roomId))
        {
            if (session.FindAttachment(channel) is { } attachment)
                session.Hold(attachment);
        }
    }

    /// <summary>Ends what the session has of the room and of what is beneath it, but for its presence in the room itself. Does not throw.</summary>
    private Task DetachAsync(Session session, string roomId)
    {
        session.RemoveRoom(roomId);
        var leaving = new List<Task>();
        foreach (var attachment in AttachmentsIn(session, roomId))
        {
            SessionChannels.Detach(session, attachment);
            if (RoomId.OfChannel(attachment.Feed.Channel) is null)
                leaving.Add(channels.Presence.TryLeaveAsync(session, attachment.Feed.Channel));
        }

        return Task.WhenAll(leaving);
    }

    private static IEnumerable<ChannelAttachment> AttachmentsIn(Session session, string roomId) => session.Attachments
        .Where(attachment => string.Equals(RoomId.InChannel(attachment.Feed.Channel), roomId, StringComparison.Ordinal));

    /// <summary>False, where the session ended meanwhile.</summary>
    private static bool TryRemember(Session session, string roomId)
    {
        session.AddRoom(roomId);
        return !session.HasEnded;
    }

    private IRoomGrain Room(string roomId) => cluster.GetGrain<IRoomGrain>(RoomId.KeyOf(roomId));
}
