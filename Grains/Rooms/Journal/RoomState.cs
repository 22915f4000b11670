using System.Collections.Immutable;
using WhatsSound.Presence;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// A room as it was after one entry of its journal; what came later is in the journal. Until schema 1 there was no journal: the state was written whole with each
/// command, with the answers that were given and what was still to be published. Until schema 2 a queue had one mode, and playback the current song.
/// </summary>
internal sealed record RoomState
{
    private const int SchemaNow = 3;

    public int Schema { get; init; } = SchemaNow;

    /// <summary>Null: the room was never created, or everything is in the journal.</summary>
    public Room? Room { get; init; }

    /// <summary>The entry of the journal after which the room was so.</summary>
    public long Number { get; init; }

    /// <summary>Room time of the write.</summary>
    public long SavedAtMs { get; init; }

    /// <summary>Who was here; only a help after a crash, see <see cref="Presence.Attendance"/>.</summary>
    public ImmutableArray<RosterMember> Members { get; init; } = [];

    /// <summary>What was not published yet.</summary>
    public ImmutableArray<OutboxEntry> Outbox { get; init; } = [];

    /// <summary>Answers that no entry of the journal has: of versions that had no journal.</summary>
    public ImmutableArray<KeptReceipt> Receipts { get; init; } = [];

    /// <summary>The state in today's schema.</summary>
    public RoomState Upgrade() => Schema switch
    {
        1 or 2 => this with { Schema = SchemaNow, Room = Room?.Upgrade().Complete() },
        SchemaNow => this with { Room = Room?.Complete() },
        _ => throw new NotSupportedException($"Room state of schema {Schema}; this program knows {SchemaNow}."),
    };
}
