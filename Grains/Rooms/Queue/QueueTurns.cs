using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Rooms;

/// <summary>A room's turns as its queue sees them: who asks, with which rights, and what the room allows.</summary>
internal static class QueueTurns
{
    private static readonly QueueLimits Unset = new();

    /// <summary>What the queue makes of a command, and what follows from it by itself.</summary>
    /// <param name="turn">Who asks, and when.</param>
    /// <param name="command">What for.</param>
    public static RoomDecision Decide(RoomTurn turn, QueueCommand command)
    {
        var decision = SongQueueRules.Decide(turn.Room.Queue, ActorOf(turn), command, MomentOf(turn.Room, turn.Moment));
        if (decision.Refusal is { } refusal)
            return refusal.Code == RefusalCode.Forbidden ? turn.Check(PermissionFor(command)) ?? refusal : refusal;
        if (BringsBack(turn.Room.Queue, decision.Events) && RefuseToAdd(turn) is { } mayNotAdd)
            return mayNotAdd;
        if (decision.Events.IsEmpty)
            return turn.Nothing() with { Songs = SongAnswers.Of(decision.Results) };
        var draft = new RoomDraft(turn.Room);
        foreach (var happened in decision.Events)
            draft.Add(QueueHappened.Of(happened));
        return turn.Conclude(draft) with
        {
            EntryIds = [.. decision.Results.Select(result => result.EntryId).OfType<string>()],
            Songs = SongAnswers.Of(decision.Results),
            Operation = decision.Operation,
        };
    }

    public static QueueMoment MomentOf(Room room, RoomMoment moment) => MomentOf(room, moment, moment.NowMs);

    /// <param name="room">The room.</param>
    /// <param name="moment">Who is here, and the limits.</param>
    /// <param name="atMs">When it happens: what is announced happens later.</param>
    public static QueueMoment MomentOf(Room room, RoomMoment moment, long atMs) => new(atMs, SettingsOf(room, moment.Options), moment.Electorate);

    /// <summary>The deployment's bounds, and what the room has set; where it has set nothing, as the deployment says.</summary>
    public static QueueSettings SettingsOf(Room room, RoomOptions options)
    {
        var limits = room.QueueLimits ?? Unset;
        return new QueueSettings
        {
            SongsMax = options.QueueMax,
            BatchMax = options.TracksPerCommandMax,
            TrackDurationMax = options.TrackDurationMax,
            Addresses = options.Songs,
            VotersMax = options.VotersMax,
            NoRepeat = TimeSpan.FromMinutes(limits.NoRepeatMinutes),
            IsLocked = room.Settings.IsQueueLocked,
            IsVotingOff = limits.IsVotingOff,
            RemovesVotedDown = limits.RemovesVotedDown,
            Quota = new UserQuota
            {
                SongsMax = limits.SongsPerUserMax ?? options.EntriesPerUserMax,
                DurationMax = limits.MinutesPerUserMax > 0 ? TimeSpan.FromMinutes(limits.MinutesPerUserMax) : null,
            },
        };
    }

    /// <summary>Whether songs come back by it: as they would be added.</summary>
    private static bool BringsBack(SongQueue queue, ImmutableArray<QueueEvent> events) => events.OfType<OperationUndone>().Any(undone =>
        queue.Undo.Operations.Any(operation => operation.Number == undone.Number && operation.Removed.Length > undone.ExceptEntryIds.Length));

    /// <summary>Null: the user may add songs. Of a lock the queue has said already whether it holds them.</summary>
    private static Refusal? RefuseToAdd(RoomTurn turn) =>
        SanctionRules.RefusePermission(turn.Room, turn.UserId, RoomPermission.AddSongs, turn.NowMs) ?? RoomPermissions.Check(turn.Room, turn.UserId, RoomPermission.AddSongs);

    /// <summary>What it takes to do it to songs of others: the refusal names who may.</summary>
    private static RoomPermission PermissionFor(QueueCommand command) => command is RemoveSong ? RoomPermission.RemoveSongs : RoomPermission.ManageQueue;

    private static QueueActor ActorOf(RoomTurn turn) => new(turn.UserId, turn.DisplayName, "", RightsOf(turn));

    private static QueueRights RightsOf(RoomTurn turn) =>
        (turn.Check(RoomPermission.ManageQueue) is null ? QueueRights.Manage : QueueRights.None)
        | (turn.Check(RoomPermission.RemoveSongs) is null ? QueueRights.Remove : QueueRights.None)
        | (turn.Check(RoomPermission.PinSongs) is null ? QueueRights.Pin : QueueRights.None)
        | (turn.Check(RoomPermission.LockQueue) is null ? QueueRights.AddToLocked : QueueRights.None);
}
