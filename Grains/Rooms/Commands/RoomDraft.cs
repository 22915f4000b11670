using System.Collections.Immutable;
using WhatsSound.Playback;

namespace WhatsSound.Grains.Rooms;

/// <summary>A room while a decision is being made: each event that is decided is applied, so that the next one is decided on what it left.</summary>
internal sealed class RoomDraft(Room? room)
{
    private readonly ImmutableArray<RoomEvent>.Builder _events = ImmutableArray.CreateBuilder<RoomEvent>();
    private Room? _room = room;

    public Room Room => _room ?? throw new InvalidOperationException("The room was not created.");

    /// <summary>Whether the room is paused, with a song or without: the one that follows stands at its beginning.</summary>
    public bool IsPaused => Room.Playback.Vector.Status == PlaybackStatus.Paused;

    /// <summary>Whether nothing happens.</summary>
    public bool IsEmpty => _events.Count == 0;

    public void Add(RoomEvent happened)
    {
        _room = RoomFold.Apply(_room, happened);
        _events.Add(happened);
    }

    public RoomDecision ToDecision(ImmutableArray<string> entryIds = default) => new()
    {
        Room = Room,
        Events = _events.ToImmutable(),
        EntryIds = entryIds.IsDefault ? [] : entryIds,
    };
}
