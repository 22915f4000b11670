using WhatsSound.Grains.Queue.Order;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Queue.Commands;

/// <summary>Who may order songs by hand, and where that means something.</summary>
internal static class OrderingRules
{
    public static QueueDecision Move(SongQueue queue, QueueActor actor, MoveSong move, QueueMoment moment)
    {
        if (!queue.Songs.TryGetValue(move.EntryId, out var song))
            return SongRefusals.EntryNotFound(move.EntryId);
        if (CheckOrdering(queue, actor, song.AddedBy) is { } refusal)
            return refusal;
        if (song.IsPinned)
            return Refusals.Final(RefusalCode.OrderFixed, "A pinned song stands where it is.", move.EntryId);
        if (move.BeforeEntryId == move.EntryId)
            return QueueDecision.Unchanged(queue);
        if (move.BeforeEntryId is { } beforeId && CheckBefore(queue, song, beforeId) is { } wrong)
            return wrong;
        return QueueDecision.Of(queue, new SongMoved(move.EntryId, move.BeforeEntryId, actor.UserId, moment.NowMs));
    }

    public static QueueDecision Shuffle(SongQueue queue, QueueActor actor, ShuffleSongs shuffle, QueueMoment moment)
    {
        if (CheckOrdering(queue, actor, shuffle.UserId) is { } refusal)
            return refusal;
        // Without rounds there is one line of all.
        var userId = queue.Order.HasRounds ? shuffle.UserId : null;
        var isNothing = userId is null ? queue.Songs.IsEmpty : queue.Order.Contributors.Of(userId).Own.Count == 0;
        return isNothing ? QueueDecision.Unchanged(queue) : QueueDecision.Of(queue, new SongsShuffled(shuffle.Seed, userId, actor.UserId, moment.NowMs));
    }

    public static QueueDecision Pin(SongQueue queue, QueueActor actor, PinSong pin, QueueMoment moment)
    {
        if (!queue.Songs.TryGetValue(pin.EntryId, out var song))
            return SongRefusals.EntryNotFound(pin.EntryId);
        if (!actor.CanPin)
            return Refusals.Final(RefusalCode.Forbidden, "Only DJs and those who manage the queue may pin a song.", "queue.pin");
        if (!pin.IsOn)
            return Unpin(queue, actor, song, moment);
        if (song.PinnedBy == actor.UserId)
            return QueueDecision.Unchanged(queue);
        return song.IsPinned && !actor.CanManage
            ? Refusals.Final(RefusalCode.OrderFixed, "Somebody else has pinned the song.", pin.EntryId)
            : QueueDecision.Of(queue, new SongPinned(pin.EntryId, actor.UserId, moment.NowMs));
    }

    public static QueueDecision Change(SongQueue queue, QueueActor actor, QueueMode mode, QueueMoment moment)
    {
        if (!actor.CanManage)
            return SongRefusals.Forbidden("Only those who manage the queue may change its mode.");
        if (!Enum.IsDefined(mode))
            return Refusals.WrongField("mode", "must be 'fair', 'dj', 'fifo' or 'votes'");
        return queue.Mode == mode ? QueueDecision.Unchanged(queue) : QueueDecision.Of(queue, new ModeChanged(mode, moment.NowMs, actor.UserId));
    }

    private static QueueDecision Unpin(SongQueue queue, QueueActor actor, QueuedSong song, QueueMoment moment)
    {
        if (!song.IsPinned)
            return QueueDecision.Unchanged(queue);
        return song.PinnedBy == actor.UserId || actor.CanManage
            ? QueueDecision.Of(queue, new SongUnpinned(song.EntryId, actor.UserId, moment.NowMs))
            : SongRefusals.Forbidden("Only who pinned it and those who manage the queue may unpin a song.");
    }

    private static Refusal? CheckOrdering(SongQueue queue, QueueActor actor, string? userId)
    {
        if (queue.Mode == QueueMode.Votes)
            return Refusals.Final(RefusalCode.OrderFixed, "Votes order this queue.", "votes");
        var isOwn = queue.Order.HasRounds && userId == actor.UserId;
        return isOwn || actor.CanManage ? null : SongRefusals.Forbidden("Only those who manage the queue may order songs of others.");
    }

    private static Refusal? CheckBefore(SongQueue queue, QueuedSong song, string beforeId)
    {
        if (!queue.Songs.TryGetValue(beforeId, out var before))
            return SongRefusals.EntryNotFound(beforeId);
        if (before.IsPinned)
            return Refusals.Final(RefusalCode.OrderFixed, "Nothing stands before a pinned song but pinned songs.", beforeId);
        return queue.Order.HasRounds && before.AddedBy != song.AddedBy
            ? Refusals.Final(RefusalCode.OrderFixed, "Turns decide between songs of different contributors.", beforeId)
            : null;
    }
}
