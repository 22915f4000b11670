using System.Collections.Immutable;
using WhatsSound.Presence;

namespace WhatsSound.Grains.Rooms;

/// <summary>What is stored of a room, in one write: the room, what is still to be published of it, and what was answered.</summary>
internal sealed record RoomState
{
    private const int SchemaNow = 1;

    public int Schema { get; init; } = SchemaNow;

    /// <summary>Null: the room was never created.</summary>
    public Room? Room { get; init; }

    /// <summary>Room time of the write.</summary>
    public long SavedAtMs { get; init; }

    /// <summary>Who was here; only a help after a crash, see <see cref="Presence.Attendance"/>.</summary>
    public ImmutableArray<RosterMember> Members { get; init; } = [];

    public ImmutableArray<OutboxEntry> Outbox { get; init; } = [];

    public ImmutableArray<KeptReceipt> Receipts { get; init; } = [];

    /// <summary>The state in today's schema.</summary>
    public RoomState Upgrade() => Schema switch
    {
        SchemaNow => this,
        _ => throw new NotSupportedException($"Room state of schema {Schema}; this program knows {SchemaNow}."),
    };
}
