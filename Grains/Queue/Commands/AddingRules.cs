using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Songs;

namespace WhatsSound.Grains.Queue.Commands;

/// <summary>Who may add what. A batch is not all or nothing: each song is taken or refused for itself.</summary>
internal static class AddingRules
{
    public static QueueDecision Add(SongQueue queue, QueueActor actor, AddSongs add, QueueMoment moment)
    {
        if (CheckBatch(queue, actor, add.Songs, moment) is { } refusal)
            return refusal;
        var batch = new Batch(queue, actor, moment);
        ImmutableArray<SongResult> results = [.. add.Songs.Select((song, index) => batch.Take(song, index))];
        var taken = batch.Taken;
        var decision = taken.IsEmpty
            ? QueueDecision.Unchanged(queue)
            : QueueDecision.Of(queue, new SongsAdded(taken, actor.UserId, actor.Name, moment.NowMs));
        return decision with { Results = results };
    }

    private static Refusal? CheckBatch(SongQueue queue, QueueActor actor, ImmutableArray<NewSong> songs, QueueMoment moment)
    {
        if (songs.IsDefaultOrEmpty || songs.Length > moment.Settings.BatchMax)
            return Refusals.WrongField("tracks", $"must have 1 to {moment.Settings.BatchMax} items");
        if (moment.Settings.IsLocked && !actor.CanAddToLocked)
            return SongRefusals.QueueLocked();
        var contributor = queue.Order.Contributors.Of(actor.UserId);
        var waitMs = contributor.AddedAtMs + (long)moment.Settings.QuotaOf(actor.Role).AddInterval.TotalMilliseconds - moment.NowMs;
        return contributor.AddedAtMs > 0 && waitMs > 0
            ? Refusals.TooOften("songs", "Songs come too fast.", TimeSpan.FromMilliseconds(waitMs))
            : null;
    }

    /// <summary>What a batch leads to, song after song.</summary>
    private sealed class Batch(SongQueue queue, QueueActor actor, QueueMoment moment)
    {
        private readonly UserQuota _quota = moment.Settings.QuotaOf(actor.Role);
        private readonly Dictionary<string, string> _entries = new(StringComparer.Ordinal);
        private readonly ImmutableArray<NewSong>.Builder _taken = ImmutableArray.CreateBuilder<NewSong>();
        private int _count = queue.Order.Contributors.Of(actor.UserId).Count;
        private long _durationMs = queue.Order.Contributors.Of(actor.UserId).DurationMs;

        public ImmutableArray<NewSong> Taken => _taken.ToImmutable();

        public SongResult Take(NewSong song, int index)
        {
            var refusal = TrackForm.Check(song.Track, moment.Settings, index) ?? Check(song);
            if (refusal is not null)
                return new SongResult(null, refusal);
            _entries.TryAdd(TrackAddress.Of(song.Track.Url), song.EntryId);
            _taken.Add(song);
            _count++;
            _durationMs += song.Track.DurationMs;
            return new SongResult(song.EntryId, null);
        }

        private Refusal? Check(NewSong song)
        {
            var address = TrackAddress.Of(song.Track.Url);
            if (!moment.Settings.AllowsDuplicates && Find(address) is { } entryId)
                return SongRefusals.Duplicate(entryId);
            if (queue.Recent.BlockedUntilMs(address, moment.Settings.NoRepeat, moment.NowMs) is { } untilMs)
                return SongRefusals.RecentlyPlayed(untilMs - moment.NowMs);
            if (queue.Songs.Count + _taken.Count >= moment.Settings.SongsMax)
                return SongRefusals.QueueFull(moment.Settings.SongsMax);
            if (_count >= _quota.SongsMax)
                return SongRefusals.UserQuota(_quota);
            return _quota.Takes(_count, _durationMs, song.Track) || _quota.DurationMax is not { } durationMax
                ? null
                : Refusals.Final(RefusalCode.UserQuota, $"A user's songs may last {durationMax} together.", $"{(long)durationMax.TotalMilliseconds}");
        }

        private string? Find(string address) =>
            _entries.GetValueOrDefault(address) ?? StartRules.CurrentOf(queue, address) ?? queue.Queued.Find(address);
    }
}
