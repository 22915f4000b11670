using WhatsSound.Grains.Queue.Order;

namespace WhatsSound.Grains.Queue.Songs;

/// <summary>How events make a queue. Total, and without any other input: the same events make the same queue.</summary>
internal static class QueueFold
{
    public static SongQueue Apply(SongQueue queue, QueueEvent happened) => happened switch
    {
        SongsAdded added => Add(queue, added),
        SongRemoved removed => Remove(queue, removed),
        SongsCleared cleared => Clear(queue, cleared),
        SongMoved moved => RankFold.Move(queue, moved),
        SongsShuffled shuffled => RankFold.Shuffle(queue, shuffled),
        SongPinned pinned => Pin(queue, pinned),
        SongUnpinned unpinned => Unpin(queue, unpinned),
        ModeChanged changed => queue with { Order = queue.Order.WithMode(changed.Mode, queue.Songs.Values) },
        VoteChanged vote => SetVote(queue, vote.EntryId, vote.UserId, vote.Value),
        VotesWithdrawn withdrawn => Withdraw(queue, withdrawn.UserId),
        SongStarted started => Start(queue, started),
        FallbackStarted started => StartFallback(queue, started),
        SongEnded => queue with { Current = null },
        FallbackChanged changed => queue with { Fallback = new FallbackPlaylist { Tracks = changed.Tracks, SetBy = changed.ByUserId, Revision = queue.Fallback.Revision + 1 } },
        BallotChanged ballot => Cast(queue, ballot),
        OperationUndone undone => UndoFold.Undo(queue, undone),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "An event that no queue knows."),
    };

    /// <summary>Remembers how to undo what was just done.</summary>
    public static SongQueue Remember(SongQueue queue, QueueOperation operation) => queue with { Undo = queue.Undo.With(operation) };

    public static QueueOperation Operation(SongQueue queue, string byUserId, long atMs, bool tookManaging) =>
        new() { Number = queue.Undo.LastNumber + 1, ByUserId = byUserId, AtMs = atMs, TookManaging = tookManaging };

    private static SongQueue Add(SongQueue queue, SongsAdded added)
    {
        var next = queue;
        foreach (var song in added.Songs)
        {
            var sequence = next.LastSequence + 1;
            next = (next with { LastSequence = sequence }).With(new QueuedSong
            {
                EntryId = song.EntryId,
                Track = song.Track,
                AddedBy = added.UserId,
                AddedByName = added.UserName,
                AddedAtMs = added.AtMs,
                Sequence = sequence,
                Rank = Ranks.Of(sequence),
            });
        }

        var operation = Operation(queue, added.UserId, added.AtMs, tookManaging: false);
        return Remember(next, operation with { Added = [.. added.Songs.Select(song => song.EntryId)] });
    }

    private static SongQueue Remove(SongQueue queue, SongRemoved removed)
    {
        var song = queue.Songs[removed.EntryId];
        var next = queue.Without(song);
        return removed.ByUserId is { } by
            ? Remember(next, Operation(queue, by, removed.AtMs, tookManaging: !song.IsOf(by)) with { Removed = [song] })
            : next;
    }

    private static SongQueue Clear(SongQueue queue, SongsCleared cleared)
    {
        var gone = queue.Songs.Values.Where(song => cleared.UserId is null || song.AddedBy == cleared.UserId).OrderBy(song => song.Sequence).ToList();
        var next = cleared.UserId is null ? queue.Cleared() : gone.Aggregate(queue, (left, song) => left.Without(song));
        var operation = Operation(queue, cleared.ByUserId, cleared.AtMs, tookManaging: cleared.UserId != cleared.ByUserId);
        return Remember(next, operation with { Removed = [.. gone] });
    }

    private static SongQueue Pin(SongQueue queue, SongPinned pinned)
    {
        var before = new List<FormerPin>();
        var next = queue;
        if (queue.Pinned.TryGetValue(pinned.ByUserId, out var formerId) && formerId != pinned.EntryId)
            next = Change(queue.Songs[formerId], queue.Songs[formerId].Unpinned());
        var song = next.Songs[pinned.EntryId];
        next = Change(song, song with { PinnedBy = pinned.ByUserId, PinSequence = queue.LastPin + 1 }) with { LastPin = queue.LastPin + 1 };
        return Remember(next, Operation(queue, pinned.ByUserId, pinned.AtMs, tookManaging: true) with { Pins = [.. before] });

        SongQueue Change(QueuedSong was, QueuedSong becomes)
        {
            before.Add(new FormerPin(was.EntryId, was.PinnedBy, was.PinSequence));
            return next.Replace(becomes);
        }
    }

    private static SongQueue Unpin(SongQueue queue, SongUnpinned unpinned)
    {
        var song = queue.Songs[unpinned.EntryId];
        var operation = Operation(queue, unpinned.ByUserId, unpinned.AtMs, tookManaging: true);
        return Remember(queue.Replace(song.Unpinned()), operation with { Pins = [new FormerPin(song.EntryId, song.PinnedBy, song.PinSequence)] });
    }

    private static SongQueue SetVote(SongQueue queue, string entryId, string userId, int value)
    {
        if (queue.Songs.TryGetValue(entryId, out var song))
            return queue.Vote(song, userId, value);
        return queue.Current is { } current ? queue with { Current = current with { Song = current.Song.WithVote(userId, value) } } : queue;
    }

    private static SongQueue Withdraw(SongQueue queue, string userId)
    {
        var voted = queue.Voted.OthersOf(userId).Select(entryId => queue.Songs[entryId]).OrderBy(song => song.Sequence).ToList();
        var next = voted.Aggregate(queue, (left, song) => left.Vote(song, userId, 0)) with { Undo = queue.Undo.WithoutVotesOf(userId) };
        return next.Current is not { } current
            ? next
            : next with { Current = current with { Song = current.Song.WithVote(userId, 0), Ballots = current.Ballots.Without(userId) } };
    }

    private static SongQueue Start(SongQueue queue, SongStarted started)
    {
        var song = queue.Songs[started.EntryId];
        return queue.Without(song) with
        {
            Order = queue.Order.Serve(song, started.AtMs),
            Recent = queue.Recent.With(TrackAddress.Of(song.Track.Url), started.AtMs),
            Current = new PlayingSong { Song = song.Unpinned(), StartedAtMs = started.AtMs },
        };
    }

    private static SongQueue StartFallback(SongQueue queue, FallbackStarted started)
    {
        var track = queue.Fallback.Tracks[started.Index];
        var sequence = queue.LastSequence + 1;
        var song = new QueuedSong
        {
            EntryId = started.EntryId,
            Track = track,
            AddedBy = queue.Fallback.SetBy,
            AddedAtMs = started.AtMs,
            Sequence = sequence,
            Rank = Ranks.Of(sequence),
            IsFallback = true,
        };
        return queue with
        {
            LastSequence = sequence,
            Fallback = queue.Fallback with { Next = (started.Index + 1) % queue.Fallback.Tracks.Length },
            Recent = queue.Recent.With(TrackAddress.Of(track.Url), started.AtMs),
            Current = new PlayingSong { Song = song, StartedAtMs = started.AtMs },
        };
    }

    private static SongQueue Cast(SongQueue queue, BallotChanged ballot)
    {
        if (queue.Current is not { } current)
            return queue;
        return queue with { Current = current with { Ballots = current.Ballots.With(ballot.Kind, ballot.UserId, ballot.IsOn) } };
    }
}
