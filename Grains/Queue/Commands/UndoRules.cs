using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Order;
using WhatsSound.Grains.Queue.Songs;

namespace WhatsSound.Grains.Queue.Commands;

/// <summary>
/// What can be undone: adding, removing, clearing, moving, shuffling, pinning and unpinning; for <see cref="UndoLog.AgeMax"/>; by who did it, as long as they
/// still may, and by those who manage the queue; once. What it takes is kept here: nobody's word is taken for what was before. Songs come back as they would be
/// added: for who does not manage the queue, as many as the quota takes, and none while it is locked; for nobody what is there again, or was played meanwhile and is not to be repeated yet.
/// </summary>
internal static class UndoRules
{
    public static QueueDecision Undo(SongQueue queue, QueueActor actor, long number, QueueMoment moment)
    {
        if (queue.Undo.Find(number, moment.NowMs) is not { } operation)
            return Refusals.Final(RefusalCode.UndoGone, $"There is nothing to undo: it is {UndoLog.AgeMax.TotalSeconds} s ago, was undone, or never was.");
        if (!actor.CanManage && (operation.ByUserId != actor.UserId || (operation.TookManaging && !IsPin(operation, actor) && !IsRemoval(operation, actor))))
            return SongRefusals.Forbidden("Only who did it, while they may, and those who manage the queue may undo it.");
        if (!actor.CanAddToLocked && moment.Settings.IsLocked && !operation.Removed.IsEmpty)
            return SongRefusals.QueueLocked();
        var back = operation.Removed.Where(song => !IsKeptOut(queue, song, moment)).ToList();
        if (back.Count == 0 && !operation.Removed.IsEmpty)
            return KeptOutBy(queue, operation.Removed[0]) is { } entryId && !moment.Settings.AllowsDuplicates
                ? SongRefusals.Duplicate(entryId)
                : SongRefusals.RecentlyPlayed(BlockedUntilMs(queue, operation.Removed[0], moment) - moment.NowMs ?? 0);
        if (!actor.CanManage && back.Count > 0)
        {
            back = WithinQuota(queue, actor, back, moment);
            if (back.Count == 0)
                return SongRefusals.UserQuota(moment.Settings.QuotaOf(actor.Role));
        }

        if (queue.Songs.Count + back.Count > moment.Settings.SongsMax)
            return SongRefusals.QueueFull(moment.Settings.SongsMax);
        var returning = back.Select(song => song.EntryId).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<string> except = [.. operation.Removed.Select(song => song.EntryId).Where(entryId => !returning.Contains(entryId))];
        return QueueDecision.Of(queue, new OperationUndone(number, except, actor.UserId, moment.NowMs));
    }

    private static bool IsPin(QueueOperation operation, QueueActor actor) => !operation.Pins.IsEmpty && actor.CanPin;

    private static bool IsRemoval(QueueOperation operation, QueueActor actor) => operation.Removed.Length == 1 && actor.CanRemove;

    /// <summary>Those that the quota of their contributors takes, in their order.</summary>
    private static List<QueuedSong> WithinQuota(SongQueue queue, QueueActor actor, List<QueuedSong> back, QueueMoment moment)
    {
        var quota = moment.Settings.QuotaOf(actor.Role);
        var taken = new List<QueuedSong>();
        foreach (var theirs in back.GroupBy(song => song.AddedBy, StringComparer.Ordinal))
        {
            var contributor = queue.Order.Contributors.Of(theirs.Key);
            var (count, durationMs) = (contributor.Count, contributor.DurationMs);
            foreach (var song in theirs)
            {
                if (!quota.Takes(count, durationMs, song.Track))
                    continue;
                taken.Add(song);
                count++;
                durationMs += song.Track.DurationMs;
            }
        }

        return taken;
    }

    /// <summary>A song that was added again meanwhile does not come back a second time, nor one that was played.</summary>
    private static bool IsKeptOut(SongQueue queue, QueuedSong song, QueueMoment moment) =>
        (!moment.Settings.AllowsDuplicates && KeptOutBy(queue, song) is not null) || BlockedUntilMs(queue, song, moment) is not null;

    private static long? BlockedUntilMs(SongQueue queue, QueuedSong song, QueueMoment moment) =>
        queue.Recent.BlockedUntilMs(TrackAddress.Of(song.Track.Url), moment.Settings.NoRepeat, moment.NowMs);

    private static string? KeptOutBy(SongQueue queue, QueuedSong song)
    {
        var address = TrackAddress.Of(song.Track.Url);
        return StartRules.CurrentOf(queue, address) ?? queue.Queued.Find(address);
    }
}
