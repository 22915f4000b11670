using WhatsSound.Grains.Queue.Songs;

namespace WhatsSound.Grains.Queue.Commands;

/// <summary>
/// What a queue makes of a command: events, or a refusal. Pure: the queue, the actor, the command and the moment are all there is. The form of ids is checked
/// before; whether the actor is a member, too.
/// </summary>
internal static class SongQueueRules
{
    public static QueueDecision Decide(SongQueue queue, QueueActor actor, QueueCommand command, QueueMoment moment) => command switch
    {
        AddSongs add => AddingRules.Add(queue, actor, add, moment),
        RemoveSong remove => Remove(queue, actor, remove.EntryId, moment),
        ClearSongs clear => Clear(queue, actor, clear, moment),
        MoveSong move => OrderingRules.Move(queue, actor, move, moment),
        PinSong pin => OrderingRules.Pin(queue, actor, pin, moment),
        ShuffleSongs shuffle => OrderingRules.Shuffle(queue, actor, shuffle, moment),
        ChangeMode change => OrderingRules.Change(queue, actor, change.Mode, moment),
        VoteOnSong vote => VotingRules.Vote(queue, actor, vote, moment),
        WithdrawVotes withdraw => QueueDecision.Of(queue, new VotesWithdrawn(withdraw.UserId, moment.NowMs)),
        CastBallot ballot => VotingRules.Cast(queue, actor, ballot, moment),
        SetFallbackTracks fallback => StartRules.SetFallback(queue, actor, fallback, moment),
        StartNext start => StartRules.Next(queue, start, moment),
        StartSong start => StartRules.Start(queue, start.EntryId, moment),
        EndSong end => StartRules.End(queue, end, moment),
        UndoOperation undo => UndoRules.Undo(queue, actor, undo.Number, moment),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "A command that no queue knows."),
    };

    private static QueueDecision Remove(SongQueue queue, QueueActor actor, string entryId, QueueMoment moment)
    {
        if (!queue.Songs.TryGetValue(entryId, out var song))
            return SongRefusals.EntryNotFound(entryId);
        return song.IsOf(actor.UserId) || actor.CanRemove
            ? QueueDecision.Of(queue, new SongRemoved(entryId, RemovalReasons.Removed, actor.UserId, moment.NowMs))
            : SongRefusals.Forbidden("Only its adder and those who remove songs of others may remove a song.");
    }

    private static QueueDecision Clear(SongQueue queue, QueueActor actor, ClearSongs clear, QueueMoment moment)
    {
        if (clear.UserId != actor.UserId && !actor.CanManage)
            return SongRefusals.Forbidden("Only those who manage the queue may clear it.");
        var isEmpty = clear.UserId is { } userId ? !queue.Order.Contributors.Of(userId).IsBacklogged : queue.Songs.IsEmpty;
        return isEmpty ? QueueDecision.Unchanged(queue) : QueueDecision.Of(queue, new SongsCleared(clear.UserId, actor.UserId, moment.NowMs));
    }
}
