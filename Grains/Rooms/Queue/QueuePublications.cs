using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WhatsSound.Grains.Queue.Ballots;
using WhatsSound.Grains.Queue.Order;
using WhatsSound.Grains.Queue.Reading;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Publications;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// The queue channel is told of the whole window each time, so the newest stands for all before; and before it, for whoever voted alone, of their own votes, of which each user's newest stands for all before. Where the window shows no song that
/// it did not show before, as after a vote, the channel is told of the order as well, for who takes that instead; and the whole has another key then, so that it does not stand for one that brought a song (docs/adr/0045).
/// </summary>
internal static class QueuePublications
{
    /// <param name="before">The room before the events; null: not known.</param>
    /// <param name="room">The room after them.</param>
    /// <param name="events">What was decided at once.</param>
    public static IEnumerable<OutboxEntry> Of(Room? before, Room room, ImmutableArray<RoomEvent> events)
    {
        // First: what is for one user goes out before what is for all, which then is the same bytes for everybody.
        foreach (var userId in events.Select(VoterOf).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            var key = OwnKeyOf(userId);
            yield return OutboxEntry.Of(room, RoomId.QueueOf(room.RoomId), OwnVotes.EventName, key, data: default) with
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"{room.Revision}-{key}"),
                Own = new OwnData { UserId = userId, Data = Payload.Of(OwnVotesOf(room, userId), WireJson.Default.OwnVotes) },
            };
        }

        if (ReasonOf(events) is not var (reason, entryId))
            yield break;
        var channel = RoomId.QueueOf(room.RoomId);
        var view = QueueViews.Of(room, reason, entryId);
        var isOrder = before is not null && QueueViews.HasSongsOf(before, view);
        yield return OutboxEntry.Of(room, channel, QueueChanged.EventName, isOrder ? QueueChanged.WholeKey : QueueChanged.Key, Payload.Of(view, WireJson.Default.QueueChanged));
        if (isOrder)
            yield return OutboxEntry.Of(room, channel, QueueOrderChanged.EventName, QueueOrderChanged.EventName, Payload.Of(QueueOrderChanged.Of(view), WireJson.Default.QueueOrderChanged));
    }

    /// <summary>What a user has said by vote, also on songs that may come back: nobody is told again when they do.</summary>
    public static OwnVotes OwnVotesOf(Room room, string userId) => new()
    {
        MyVotes = VotesOf(userId, SongsOf(room.Queue, userId)),
        MySkipVote = room.Queue.Current?.Ballots.Skip.Contains(userId) == true,
    };

    /// <summary>What a member may have votes on: first what is shown, in its order; some twice.</summary>
    private static IEnumerable<QueuedSong> SongsOf(SongQueue queue, string userId) =>
        QueuePages.Window(queue).Prepend(queue.Current?.Song).OfType<QueuedSong>().Concat(queue.Voted.Of(userId).Select(entryId => queue.Songs[entryId])).Concat(queue.Undo.Operations.Reverse().SelectMany(static operation => operation.Removed));

    private static ImmutableDictionary<string, int> VotesOf(string userId, IEnumerable<QueuedSong> songs)
    {
        var votes = ImmutableDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (var song in songs)
        {
            if (votes.Count >= OwnVotes.VotesMax)
                break;
            if (song.VoteOf(userId) is not 0 and var vote)
                votes[song.EntryId] = vote;
        }

        return votes.ToImmutable();
    }

    /// <summary>Whose own votes are others after it; null: nobody's.</summary>
    private static string? VoterOf(RoomEvent happened) => happened is not QueueHappened { Happened: var inQueue } ? null : inQueue switch
    {
        VoteChanged vote => vote.UserId,
        VotesWithdrawn withdrawn => withdrawn.UserId,
        BallotChanged { Kind: BallotKind.Skip } ballot => ballot.UserId,
        _ => null,
    };

    /// <summary>A user id may be longer than a key.</summary>
    private static string OwnKeyOf(string userId) => $"my{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(userId)).AsSpan(0, 16))}";

    /// <summary>Whether what the channel shows is another queue after it.</summary>
    public static bool IsToldOf(RoomEvent happened) => ReasonOf(happened) is not null;

    /// <summary>The last thing that happened to the queue; a start or an end says more than what led to it.</summary>
    private static (string Reason, string? EntryId)? ReasonOf(ImmutableArray<RoomEvent> events) =>
        events.Select(ReasonOf).LastOrDefault(static reason => reason is not null);

    private static (string Reason, string? EntryId)? ReasonOf(RoomEvent happened) => happened switch
    {
        QueueHappened { Happened: var inQueue } => ReasonOf(inQueue),
        LimitsSet => ("limits", null),
        EntriesAdded added => ("added", added.Entries[0].EntryId),
        EntryRemoved removed => ("removed", removed.EntryId),
        VoteSet vote => ("voted", vote.EntryId),
        TrackStarted started => ("started", started.EntryId),
        TrackEnded ended => ("ended", ended.EntryId),
        _ => null,
    };

    /// <summary>Null: the window does not show it.</summary>
    private static (string Reason, string? EntryId)? ReasonOf(QueueEvent happened) => happened switch
    {
        SongsAdded added => ("added", added.Songs[0].EntryId),
        SongRemoved removed => ("removed", removed.EntryId),
        SongsCleared => ("cleared", null),
        SongMoved moved => ("moved", moved.EntryId),
        SongPinned pinned => ("pinned", pinned.EntryId),
        SongUnpinned unpinned => ("unpinned", unpinned.EntryId),
        SongsShuffled => ("shuffled", null),
        ModeChanged => ("mode", null),
        VoteChanged vote => ("voted", vote.EntryId),
        VotesWithdrawn => ("voted", null),
        OperationUndone => ("undone", null),
        _ => null,
    };
}
