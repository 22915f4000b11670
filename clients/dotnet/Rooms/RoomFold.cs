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
        Fallback = snapshot.Fallback,
        MySkipVote = snapshot.MySkipVote,
        History = snapshot.History,
        Chat = [.. snapshot.Chat.Select(ChatLine.Of).OfType<ChatLine>()],
        ChatHasMore = snapshot.ChatHasMore,
        Members = PresenceList.ByArrival(snapshot.Presence.Members),
        MemberTotal = snapshot.Presence.Total,
        Skip = snapshot.Skip,
        Roles = snapshot.Roles ?? RoomRoles.None,
        MyPermissions = snapshot.MyPermissions ?? [],
    };

    public static RoomState Apply(RoomState room, Publication publication) => publication.Event switch
    {
        "chat" => ChatLine.Of(publication) is { } line ? WithChat(room, line) : room,
        "chatChanged" => With(room, publication, ClientJson.Default.ChatChange, WithChange),
        "queue" => With(room, publication, ClientJson.Default.RoomQueue, (before, queue) => WithQueue(before, queue, publication.TimeMs)),
        "myVotes" => With(room, publication, ClientJson.Default.OwnVotes, (before, own) => own.MyVotes is null ? before : before with { MyVotes = own.MyVotes, MySkipVote = own.MySkipVote }),
        "queueOrder" => With(room, publication, ClientJson.Default.QueueOrder, (before, order) => WithQueue(before, order.Of(before.Queue), publication.TimeMs)),
        "skip" => With(room, publication, ClientJson.Default.SkipTally, (before, skip) => before with { Skip = skip }),
        "playback" => With(room, publication, ClientJson.Default.PlaybackVector, WithPlayback),
        "played" => With(room, publication, ClientJson.Default.PlayedSong, WithPlayed),
        "hostPosition" => With(room, publication, ClientJson.Default.HostPosition, (before, position) => before with { HostPosition = position }),
        "hostChanged" => With(room, publication, ClientJson.Default.HostChanged, (before, host) => WithHost(before, host.HostUserId)),
        "settings" => With(room, publication, ClientJson.Default.RoomSettings, static (before, settings) => before with { Settings = settings }),
        "fallback" => With(room, publication, ClientJson.Default.RoomFallback, static (before, fallback) => before with { Fallback = fallback }),
        "roles" => With(room, publication, ClientJson.Default.RoomRoles, WithRoles),
        "presence" => With(room, publication, ClientJson.Default.PresenceChanged, WithPresence),
        _ => room,
    };

    /// <summary>One's own vote, before the publication that tells of it.</summary>
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

    private static RoomState WithChange(RoomState room, ChatChange change) => room with { Chat = [.. room.Chat.Select(line => line.Offset == change.Offset ? line.With(change.Message) : line)] };

    private static RoomState WithQueue(RoomState room, RoomQueue queue, long timeMs)
    {
        if (room.Queue.Current is not { } ended || ended.EntryId == queue.Current?.EntryId)
            return room with { Queue = queue };
        var next = room with { Queue = queue, MySkipVote = false };

        // A server that tells of songs that were played has mostly told of it before; one of before that never does.
        return room.History.Any(song => song.EntryId == ended.EntryId)
            ? next
            : WithPlayed(next, new PlayedSong(ended.EntryId, ended.Track, ended.AddedBy, timeMs, ended.AddedByName) { IsFallback = ended.IsFallback });
    }

    /// <summary>The song as the server tells of it stands for what was made of the queue.</summary>
    private static RoomState WithPlayed(RoomState room, PlayedSong played) =>
        room with { History = [played, .. room.History.Where(song => song.EntryId != played.EntryId).Take(HistoryMax - 1)] };

    private static RoomState WithPlayback(RoomState room, PlaybackVector playback) => !playback.IsNewerThan(room.Playback)
        ? room
        : room with { Playback = playback, HostPosition = room.HostPosition?.EntryId == playback.EntryId ? room.HostPosition : null };

    private static RoomState WithHost(RoomState room, string? hostUserId) => room with
    {
        HostUserId = hostUserId,
        Members = [.. room.Members.Select(member => member with { IsHost = member.UserId == hostUserId })],
    };

    private static RoomState WithRoles(RoomState room, RoomRoles roles) =>
        room with { Roles = roles, OwnerUserId = roles.Holders.FirstOrDefault(static holder => holder.Role == "owner")?.UserId ?? room.OwnerUserId };

    private static RoomState WithPresence(RoomState room, PresenceChanged change) =>
        room with { Members = PresenceList.After(room.Members, change), MemberTotal = change.Total };
}
