using System.Collections.Immutable;
using System.Globalization;
using WhatsSound.Publications;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// What a room's channels are told of its events: of each kind, one publication per decision, which stands for itself. The id follows from the revision.
/// </summary>
internal static class RoomPublications
{
    public const string VectorKey = "vector";

    /// <summary>The whole window each time, so the newest stands for all before.</summary>
    public const string QueueKey = "queue";

    public const string SkipKey = "skip";

    public static ImmutableArray<OutboxEntry> Of(Room room, ImmutableArray<RoomEvent> events)
    {
        var entries = ImmutableArray.CreateBuilder<OutboxEntry>();
        if (QueueReasonOf(events) is var (reason, entryId))
            entries.Add(Queue(room, reason, entryId));
        if (events.Any(happened => happened is TrackStarted or TrackEnded or VectorChanged))
            entries.Add(Vector(room));
        if (events.Any(happened => happened is SkipTallied))
            entries.Add(Skip(room));
        if (events.OfType<HostNamed>().LastOrDefault() is { } named)
            entries.Add(Host(room, named));
        return entries.ToImmutable();
    }

    private static OutboxEntry Queue(Room room, string reason, string? entryId) => Entry(
        room, RoomId.QueueOf(room.RoomId), QueueChanged.EventName, QueueKey, Payload.Of(QueueViews.Of(room, reason, entryId), WireJson.Default.QueueChanged));

    private static OutboxEntry Vector(Room room) => Entry(
        room, RoomId.PlaybackOf(room.RoomId), RoomEvents.Playback, VectorKey, Payload.Of(room.Playback.Vector, WireJson.Default.PlaybackVector));

    private static OutboxEntry Skip(Room room) => Entry(
        room, RoomId.QueueOf(room.RoomId), RoomEvents.Skip, SkipKey, Payload.Of(room.SkipTold, WireJson.Default.SkipTally));

    private static OutboxEntry Host(Room room, HostNamed named) => Entry(
        room,
        RoomId.KeyOf(room.RoomId),
        RoomEvents.HostChanged,
        null,
        Payload.Of(new HostChanged { HostUserId = named.HostUserId, Reason = named.Reason }, WireJson.Default.HostChanged));

    private static OutboxEntry Entry(Room room, string channel, string eventName, string? key, Payload data) => new()
    {
        Channel = channel,
        Id = string.Create(CultureInfo.InvariantCulture, $"{room.Revision}-{eventName}"),
        Event = eventName,
        Key = key,
        Data = data,
    };

    /// <summary>The last thing that happened to the queue; a start or an end says more than what led to it.</summary>
    private static (string Reason, string? EntryId)? QueueReasonOf(ImmutableArray<RoomEvent> events)
    {
        (string, string?)? reason = null;
        foreach (var happened in events)
        {
            reason = happened switch
            {
                EntriesAdded added => ("added", added.Entries[0].EntryId),
                EntryRemoved removed => ("removed", removed.EntryId),
                VoteSet vote => ("voted", vote.EntryId),
                TrackStarted started => ("started", started.EntryId),
                TrackEnded ended => ("ended", ended.EntryId),
                _ => reason,
            };
        }

        return reason;
    }
}
