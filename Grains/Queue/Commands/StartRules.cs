using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Queue.Commands;

/// <summary>What plays next. A song that was played within the no-repeat window meanwhile leaves the queue instead, and nobody is charged for it.</summary>
internal static class StartRules
{
    public static QueueDecision Next(SongQueue queue, StartNext start, QueueMoment moment)
    {
        if (queue.Current is not null)
            return QueueDecision.Unchanged(queue);
        var events = ImmutableArray.CreateBuilder<QueueEvent>();

        // Without a song that leaves, its contributor's next one may come before what others have.
        for (var left = queue; left.Next is { } song; left = QueueFold.Apply(left, events[^1]))
        {
            if (BlockedUntilMs(queue, song.Track, moment) is null)
            {
                events.Add(new SongStarted(song.EntryId, moment.NowMs));
                return QueueDecision.Of(queue, events.ToImmutable());
            }

            events.Add(new SongRemoved(song.EntryId, RemovalReasons.RecentlyPlayed, null, moment.NowMs));
        }

        if (FallbackIndex(queue, moment.Settings.NoRepeat, moment.NowMs) is { } index)
            events.Add(new FallbackStarted(start.FallbackEntryId, index, moment.NowMs));
        return QueueDecision.Of(queue, events.ToImmutable());
    }

    public static QueueDecision Start(SongQueue queue, string entryId, QueueMoment moment)
    {
        if (queue.Current is { } current)
            return SongRefusals.Stale(current.Song.EntryId);
        if (!queue.Songs.TryGetValue(entryId, out var song))
            return SongRefusals.EntryNotFound(entryId);
        return BlockedUntilMs(queue, song.Track, moment) is { } untilMs
            ? Refusals.Retry(RefusalCode.RecentlyPlayed, "The song was played not long ago.", TimeSpan.FromMilliseconds(untilMs - moment.NowMs))
            : QueueDecision.Of(queue, new SongStarted(entryId, moment.NowMs));
    }

    public static QueueDecision End(SongQueue queue, EndSong end, QueueMoment moment)
    {
        if (queue.Current is not { } current)
            return SongRefusals.NothingPlaying();
        return current.Song.EntryId == end.EntryId
            ? QueueDecision.Of(queue, new SongEnded(end.EntryId, end.Reason, moment.NowMs))
            : SongRefusals.Stale(current.Song.EntryId);
    }

    public static QueueDecision SetFallback(SongQueue queue, QueueActor actor, SetFallbackTracks fallback, QueueMoment moment)
    {
        if (!actor.CanManage)
            return SongRefusals.Forbidden("Only those who manage the queue may set its fallback playlist.");
        if (fallback.Tracks.IsDefault || fallback.Tracks.Length > FallbackPlaylist.TracksMax)
            return Refusals.WrongField("tracks", $"must have at most {FallbackPlaylist.TracksMax} items");
        for (var index = 0; index < fallback.Tracks.Length; index++)
        {
            if (TrackForm.Check(fallback.Tracks[index], moment.Settings, index) is { } refusal)
                return refusal;
        }

        return queue.Fallback.Tracks.SequenceEqual(fallback.Tracks)
            ? QueueDecision.Unchanged(queue)
            : QueueDecision.Of(queue, new FallbackChanged(fallback.Tracks, actor.UserId, moment.NowMs));
    }

    /// <summary>The current entry, if it is of this song.</summary>
    public static string? CurrentOf(SongQueue queue, string address) =>
        queue.Current is { } current && TrackAddress.Of(current.Song.Track.Url) == address ? current.Song.EntryId : null;

    private static long? BlockedUntilMs(SongQueue queue, Track track, QueueMoment moment) =>
        queue.Recent.BlockedUntilMs(TrackAddress.Of(track.Url), moment.Settings.NoRepeat, moment.NowMs);

    /// <summary>The next track of the fallback playlist that was not played within the window; if all were, the next: the music does not stop. Null: there is none.</summary>
    public static int? FallbackIndex(SongQueue queue, TimeSpan noRepeat, long atMs)
    {
        var (tracks, next) = (queue.Fallback.Tracks, queue.Fallback.Next);
        for (var step = 0; step < tracks.Length; step++)
        {
            var index = (next + step) % tracks.Length;
            if (queue.Recent.BlockedUntilMs(TrackAddress.Of(tracks[index].Url), noRepeat, atMs) is null)
                return index;
        }

        return tracks.IsEmpty ? null : next;
    }
}
