using System.Text.Json.Serialization.Metadata;

namespace WhatsSound.Client;

/// <summary>What a publication changes in a room. An event that this client does not know, or whose data is not what such an event carries, changes nothing.</summary>
internal static class RoomFold
{
    private const int ChatMax = 500;
    private const int HistoryMax = 10;

    public static RoomState At(RoomSnapshot snapshot) => new()
    {
        RoomId = snapshot.RoomId,
        Settings = snapshot.Settings,
        OwnerUserId = snapshot.OwnerUserId,
        HostUserId = snapshot.HostUserId,
        Playback = snapshot.Playback,
        Queue = snapshot.Queue,
        MyVotes = snapshot.MyVotes,
        MySkipVote = snapshot.MySkipVote,
        History = snapshot.History,
        Chat = [.. snapshot.Chat.Select(ChatLine.Of).OfType<ChatLine>()],
        ChatHasMore = snapshot.ChatHasMore,
        Members = PresenceList.ByArrival(snapshot.Presence.Members),
        MemberTotal = snapshot.Presence.Total,
        Skip = snapshot.Skip,
    };

    public static RoomState Apply(RoomState room, Publication publication) => publication.Event switch
    {
        "chat" => ChatLine.Of(publication) is { } line ? WithChat(room, line) : room,
        "queue" => With(room, publication, ClientJson.Default.RoomQueue, (before, queue) => WithQueue(before, queue, publication.TimeMs)),
        "skip" => With(room, publication, ClientJson.Default.SkipTally, (before, skip) => before with { Skip = skip }),
        "playback" => With(room, publication, ClientJson.Default.PlaybackVector, WithPlayback),
        "hostPosition" => With(room, publication, ClientJson.Default.HostPosition, (before, position) => before with { HostPosition = position }),
        "hostChanged" => With(room, publication, ClientJson.Default.HostChanged, (before, host) => WithHost(before, host.HostUserId)),
        "presence" => With(room, publication, ClientJson.Default.PresenceChanged, WithPresence),
        _ => room,
    };

    /// <summary>One's own vote, which no publication tells.</summary>
    public static RoomState WithMyVote(RoomState room, string entryId, int value)
    {
        var votes = room.MyVotes.Where(vote => vote.Key != entryId).ToDictionary(StringComparer.Ordinal);
        if (value != 0)
            votes[entryId] = value;
        return room with { MyVotes = votes };
    }

    /// <summary>One's own vote to skip a song, if that is still the current one.</summary>
    public static RoomState WithMySkipVote(RoomState room, string entryId, bool isOn) =>
        room.Queue.Current?.EntryId == entryId ? room with { MySkipVote = isOn } : room;

    private static RoomState With<T>(RoomState room, Publication publication, JsonTypeInfo<T> type, Func<RoomState, T, RoomState> apply)
        where T : class => publication.Read(type) is { } data ? apply(room, data) : room;

    private static RoomState WithChat(RoomState room, ChatLine line) => room with
    {
        Chat = [.. room.Chat.TakeLast(ChatMax - 1), line],
        ChatHasMore = room.ChatHasMore || room.Chat.Count >= ChatMax,
    };

    private static RoomState WithQueue(RoomState room, RoomQueue queue, long timeMs)
    {
        if (room.Queue.Current is not { } ended || ended.EntryId == queue.Current?.EntryId)
            return room with { Queue = queue };
        var played = new PlayedSong(ended.EntryId, ended.Track, ended.AddedBy, timeMs, ended.AddedByName);
        return room with { Queue = queue, MySkipVote = false, History = [played, .. room.History.Take(HistoryMax - 1)] };
    }

    private static RoomState WithPlayback(RoomState room, PlaybackVector playback) => !playback.IsNewerThan(room.Playback)
        ? room
        : room with { Playback = playback, HostPosition = room.HostPosition?.EntryId == playback.EntryId ? room.HostPosition : null };

    private static RoomState WithHost(RoomState room, string? hostUserId) => room with
    {
        HostUserId = hostUserId,
        Members = [.. room.Members.Select(member => member with { IsHost = member.UserId == hostUserId })],
    };

    private static RoomState WithPresence(RoomState room, PresenceChanged change) =>
        room with { Members = PresenceList.After(room.Members, change), MemberTotal = change.Total };
}
