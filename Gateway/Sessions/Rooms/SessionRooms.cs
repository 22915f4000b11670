using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Identity;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Sessions;

/// <summary>How a session enters and leaves rooms: the room's grain decides, the room's four channels deliver.</summary>
internal sealed class SessionRooms(IClusterClient cluster, SessionChannels channels, IOptions<SessionLimits> options)
{
    private const int SnapshotAttemptsMax = 4;

    /// <summary>How stays in rooms end.</summary>
    public RoomStays Stays { get; } = new(channels);

    /// <summary>
    /// Joins, and attaches to the room's channels: behind the snapshot, or, with positions from which every channel recovers, behind those.
    /// Refusals: those of access and of the room, SUBSCRIPTION_LIMIT, NOT_READY.
    /// </summary>
    public async Task<Answer<RoomJoin>> JoinAsync(
        Session session, string roomId, RoomCommand command, Payload info, IReadOnlyDictionary<string, Position>? since, bool takesOrder = false)
    {
        if (RefuseJoin(session, roomId) is { } refusal)
            return refusal;
        var isNew = !session.IsIn(roomId);
        var before = RoomId.ChannelsOf(roomId).Where(name => session.FindAttachment(name) is not null).ToList();
        HoldChannels(session, roomId);
        var mayRecover = since is not null && RoomId.ChannelsOf(roomId).All(since.ContainsKey);
        var entry = channels.Presence.BeginEnter(session, RoomId.KeyOf(roomId), info);
        try
        {
            var joined = await Room(roomId).JoinAsync(mayRecover ? WithoutSnapshot(command) : command, entry).WaitAsync(session.GivenUp);
            if (joined.IsRefused)
            {
                await channels.Presence.EndEnterAsync(session, RoomId.KeyOf(roomId), entry, joined.Refusal);
                if (!isNew && (EndsStay(joined.Refusal) || joined.Refusal.Code is RefusalCode.RoomFull or RefusalCode.RoomNotFound))
                    await Stays.ForgetAsync(session, roomId);
                return joined.Refusal;
            }

            var answer = mayRecover
                ? await TryRecoverAsync(session, roomId, since!, takesOrder) ?? await FollowNewAsync(session, roomId, takesOrder)
                : JoinOf(since is null ? Verdict.Live : Verdict.Lost, await FollowAsync(session, roomId, joined.Value, takesOrder));
            if (!answer.IsRefused && TryRemember(session, roomId, joined.Value.Revision))
            {
                await channels.Presence.EndEnterAsync(session, RoomId.KeyOf(roomId), entry, refusal: null);
                if (await Stays.DismissAsync(session, roomId, joined.Value.Revision) is { } isOut)
                    return isOut;
                if (await LoseIfRefusedAsync(session, roomId) is { } refused)
                    return refused;
                if (IsWhole(session, roomId))
                    return answer;
                // What was said of an earlier stay has come while this one began, and has ended a part of it.
                await Stays.LoseAsync(session, roomId).WaitAsync(session.GivenUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return Moving();
            }

            await UndoAsync(session, roomId, entry, isNew ? before : null);
            return answer.IsRefused ? answer : Moving();
        }
        catch
        {
            await UndoAsync(session, roomId, entry, isNew ? before : null);
            throw;
        }
    }

    /// <summary>Joins without attaching to the room's channels, for a session that is to go on in them. Refusals: those of access and of the room, SUBSCRIPTION_LIMIT, NOT_READY.</summary>
    public async Task<Refusal?> ReturnAsync(Session session, string roomId, RoomCommand command, Payload info)
    {
        if (RefuseJoin(session, roomId) is { } refusal)
            return refusal;
        var entry = channels.Presence.BeginEnter(session, RoomId.KeyOf(roomId), info);
        try
        {
            var joined = await Room(roomId).JoinAsync(WithoutSnapshot(command), entry).WaitAsync(session.GivenUp);
            await channels.Presence.EndEnterAsync(session, RoomId.KeyOf(roomId), entry, joined.Refusal);
            if (joined.IsRefused)
                return joined.Refusal;
            if (TryRemember(session, roomId, joined.Value.Revision))
                return await Stays.DismissAsync(session, roomId, joined.Value.Revision) ?? await LoseIfRefusedAsync(session, roomId);
            session.RemoveRoom(roomId);
            return Moving();
        }
        catch
        {
            await channels.Presence.UndoEnterAsync(session, RoomId.KeyOf(roomId), entry);
            throw;
        }
    }

    /// <summary>
    /// Leaves, and detaches from the room's channels; also where the room knows nothing of the session, or cannot be reached: a leave that fails is no stay.
    /// </summary>
    public async Task<Answer<RoomReceipt>> LeaveAsync(Session session, string roomId, RoomCommand command)
    {
        var exit = channels.Presence.BeginLeave(session, RoomId.KeyOf(roomId));
        var leavingBeneath = Stays.EndAsync(session, roomId);
        var isDone = false;
        try
        {
            var answer = await Room(roomId).LeaveAsync(command, exit ?? new() { UserId = command.UserId, ConnectionId = session.Id }).WaitAsync(session.GivenUp);
            isDone = !answer.IsRefused;
            return answer;
        }
        finally
        {
            await leavingBeneath;
            if (exit is not null)
                await channels.Presence.EndLeaveAsync(session, RoomId.KeyOf(roomId), exit, isDone);
        }
    }

    /// <summary>A new snapshot; delivery continues from its positions. Refusals: those of access and of the room, NOT_READY.</summary>
    public async Task<Answer<RoomSnapshot>> GetSnapshotAsync(Session session, string roomId)
    {
        if (RefuseJoin(session, roomId) is { } refusal)
            return refusal;
        HoldChannels(session, roomId);
        var snapshot = ForMember(session, roomId, await Room(roomId).GetSnapshotAsync(session.Identity!.UserId).WaitAsync(session.GivenUp));
        return snapshot.IsRefused || !session.IsIn(roomId)
            ? snapshot
            : await FollowAsync(session, roomId, snapshot.Value, session.FindAttachment(RoomId.QueueOf(roomId))?.Wants?.NotKey == QueueChanged.WholeKey);
    }

    /// <summary>What a room shows to its members. Refusals: those of access and of the room, NOT_MEMBER.</summary>
    public async Task<Answer<T>> ReadAsync<TGrain, T>(IAsker asker, string roomId, Func<TGrain, Task<Answer<T>>> read)
        where TGrain : IGrainWithStringKey
        where T : class =>
        (RefuseAccess(asker, roomId) ?? channels.Access.RefuseNew(asker, RoomId.KeyOf(roomId))) is { } refusal ? refusal : ForMember(asker, roomId, await read(cluster.GetGrain<TGrain>(RoomId.KeyOf(roomId))));

    /// <summary>
    /// What a session is told that the room does not know, though it has joined it here: to ask again. The room has come back without its memory, and this gateway enters the
    /// connection again with its next renewal. Whoever is told to be out for good leaves the page.
    /// </summary>
    public async Task<Answer<T>> ReconsiderAsync<T>(IAsker asker, string roomId, Answer<T> answer)
        where T : class
    {
        if (answer.Refusal is not { } refusal || asker is not Session session || !session.IsIn(roomId))
            return answer;
        if (EndsStay(refusal))
            await Stays.RemoveAsync(session, roomId, refusal.Code);
        return refusal.Code == RefusalCode.NotMember && string.Equals(refusal.Detail, session.Identity?.UserId, StringComparison.Ordinal)
            ? Refusals.Retry(RefusalCode.NotReady, "The room has just come back and does not know the user yet.", TimeSpan.FromSeconds(1))
            : answer;
    }

    /// <summary>Null if the asker's identity may be in the room.</summary>
    public Refusal? RefuseAccess(IAsker asker, string roomId) =>
        channels.Access.RefuseAccess(asker, RoomId.KeyOf(roomId), Capability.Presence)
        ?? RoomId.ChannelsOf(roomId).Select(name => channels.Access.RefuseAccess(asker, name, Capability.Subscribe)).FirstOrDefault(static refusal => refusal is not null);

    /// <summary>The right to be in the room may have gone while the session joined it: then it is out of it again.</summary>
    private async Task<Refusal?> LoseIfRefusedAsync(Session session, string roomId)
    {
        if (RefuseAccess(session, roomId) is not { } refusal)
            return null;
        await Stays.ForgetAsync(session, roomId);
        return refusal;
    }

    private static bool IsWhole(Session session, string roomId) => RoomId.ChannelsOf(roomId).All(name => session.FindAttachment(name) is not null);

    /// <summary>Whether the room does not let the user stay.</summary>
    private static bool EndsStay(Refusal refusal) => refusal.Code is RefusalCode.Banned or RefusalCode.Kicked or RefusalCode.RoomClosed;

    /// <summary>
    /// Of the user's connections only those get it that are in the room, as for its channels; who asks over none has what the room says to the user. Whether there is such a room is for everybody.
    /// </summary>
    private Answer<T> ForMember<T>(IAsker asker, string roomId, Answer<T> answer)
        where T : class => !answer.IsRefused && asker is Session && channels.Access.RefuseNonMember(asker, RoomId.KeyOf(roomId)) is { } outside ? outside : answer;

    /// <summary>What was missed is lost: now a snapshot is needed.</summary>
    private async Task<Answer<RoomJoin>> FollowNewAsync(Session session, string roomId, bool takesOrder)
    {
        var snapshot = await ReadNewAsync(session, roomId);
        return snapshot.IsRefused ? snapshot.Refusal : JoinOf(Verdict.Lost, await FollowAsync(session, roomId, snapshot.Value, takesOrder));
    }

    private static Answer<RoomJoin> JoinOf(Verdict verdict, Answer<RoomSnapshot> followed) => followed.IsRefused ? followed.Refusal : new RoomJoin(verdict, followed.Value, []);

    private static RoomCommand WithoutSnapshot(RoomCommand command) => command with { Action = (JoinRoom)command.Action with { NeedsNoSnapshot = true } };

    /// <summary>A snapshot for who has just joined: a room that does not know them has lost its memory since.</summary>
    private async Task<Answer<RoomSnapshot>> ReadNewAsync(Session session, string roomId)
    {
        var snapshot = await Room(roomId).GetSnapshotAsync(session.Identity!.UserId).WaitAsync(session.GivenUp);
        return snapshot.Refusal is { Code: RefusalCode.NotMember } ? Moving() : snapshot;
    }

    /// <summary>
    /// Null where a channel does not recover. Attaches only when all recover: what one channel delivered in the meantime would
    /// come before the snapshot that replaces everything, and not continue it.
    /// </summary>
    private async Task<Answer<RoomJoin>?> TryRecoverAsync(Session session, string roomId, IReadOnlyDictionary<string, Position> since, bool takesOrder)
    {
        var names = RoomId.ChannelsOf(roomId);
        var missed = await Task.WhenAll(names.Select(name => channels.ReadAfterAsync(session, name, since[name])));
        if (!missed.All(static recovery => recovery.Verdict == Verdict.Recovered))
            return null;
        var attached = await Task.WhenAll(names.Zip(missed, (name, recovery) => AttachBehindAsync(session, name, recovery.Position, WantsOf(name, roomId, takesOrder))));
        return attached.All(static answer => answer.Value is { Verdict: Verdict.Recovered })
            ? new RoomJoin(Verdict.Recovered, null, [.. names.Zip(missed, (name, recovery) => ChannelRecovery.Of(name, WantsOf(name, roomId, takesOrder)?.Of(recovery) ?? recovery))])
            : Moving();
    }

    /// <summary>Attaches behind the snapshot's positions; takes a newer snapshot where a channel cannot continue from them.</summary>
    private async Task<Answer<RoomSnapshot>> FollowAsync(Session session, string roomId, RoomSnapshot snapshot, bool takesOrder)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answers = await Task.WhenAll(RoomId.ChannelsOf(roomId).Select(name => AttachBehindAsync(session, name, snapshot.Positions[name], WantsOf(name, roomId, takesOrder))));
            if (answers.All(static answer => answer.Value is { Verdict: Verdict.Recovered }))
                return snapshot;
            if (attempt == SnapshotAttemptsMax)
                return Moving();
            var newer = await ReadNewAsync(session, roomId);
            if (newer.IsRefused)
                return newer.Refusal;
            snapshot = newer.Value;
        }
    }

    /// <summary>What is told of the queue in two ways a session gets in one: with the songs, or the order alone.</summary>
    private Wants? WantsOf(string channel, string roomId, bool takesOrder) => string.Equals(channel, RoomId.QueueOf(roomId), StringComparison.Ordinal)
        ? channels.WantsOf(channel, filter: null, notOf: null, notKey: takesOrder ? QueueChanged.WholeKey : QueueOrderChanged.EventName)
        : null;

    private Task<Answer<Recovery>> AttachBehindAsync(Session session, string channel, Position position, Wants? wants) =>
        channels.AttachAsync(session, channel, new AttachRequest(new RecoverRequest { Since = position }, IsCatchUpDelivered: true, Wants: wants));

    private static Refusal Moving() =>
        Refusals.Retry(RefusalCode.NotReady, "The room's channels are moving; try again.", TimeSpan.FromMilliseconds(500));

    private Refusal? RefuseJoin(Session session, string roomId)
    {
        var isNew = !session.IsIn(roomId);
        if (isNew && session.Rooms.Count >= options.Value.RoomsMax)
            return Refusals.Limit(RefusalCode.SubscriptionLimit, "The connection is in as many rooms as is allowed.", options.Value.RoomsMax);
        var names = RoomId.ChannelsOf(roomId);
        if (session.AttachmentCount + names.Count(name => session.FindAttachment(name) is null) > options.Value.ChannelsMax)
            return Refusals.Limit(RefusalCode.SubscriptionLimit, "The connection is attached to as many channels as is allowed.", options.Value.ChannelsMax);
        return RefuseAccess(session, roomId) ?? channels.Access.RefuseNew(session, RoomId.KeyOf(roomId));
    }

    /// <summary>
    /// A join that was refused or failed has changed nothing. The connection leaves presence as one who was lost: a leave on purpose would end the grace of
    /// a host who is trying to return.
    /// </summary>
    /// <param name="session">Who tried to join.</param>
    /// <param name="roomId">What it tried to join.</param>
    /// <param name="entry">How it tried to enter presence.</param>
    /// <param name="before">Which of the room's channels it had without being in the room, as a deployment may allow; null: it was in the room.</param>
    private async Task UndoAsync(Session session, string roomId, PresenceEntry entry, IReadOnlyList<string>? before)
    {
        if (before is not null || session.HasEnded)
            await Stays.EndAsync(session, roomId, keep: before);
        await channels.Presence.UndoEnterAsync(session, RoomId.KeyOf(roomId), entry);
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

    /// <summary>False, where the session ended meanwhile.</summary>
    private static bool TryRemember(Session session, string roomId, long revision)
    {
        session.AddRoom(roomId, revision);
        return !session.HasEnded;
    }

    private IRoomGrain Room(string roomId) => cluster.GetGrain<IRoomGrain>(RoomId.KeyOf(roomId));
}
