using System.Collections.Immutable;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// What a room's journal has of one write: what happened, what was answered, who came and went since the entry before, and how far the room had published. One of
/// them, or all of them, in one row: none is there without the others.
/// </summary>
internal sealed record RoomEntry
{
    private const int SchemaNow = 1;

    private static readonly StateSerializer Json = new();

    public int Schema { get; init; } = SchemaNow;

    /// <summary>Null: nothing happened.</summary>
    public ImmutableArray<RoomEvent>? Events { get; init; }

    /// <summary>Null: nothing was answered.</summary>
    public ImmutableArray<KeptReceipt>? Receipts { get; init; }

    /// <summary>Null: nobody came or went.</summary>
    public RosterChange? Members { get; init; }

    /// <summary>Up to which entry everything was published when this one was written.</summary>
    public long Published { get; init; }

    public static RoomEntry Read(ReadOnlyMemory<byte> content) => Json.Deserialize<RoomEntry>(new BinaryData(content))!.Upgrade();

    public ReadOnlyMemory<byte> Write() => Json.Serialize(this).ToMemory();

    /// <summary>The room after it.</summary>
    public Room? ApplyTo(Room? room) => (Events ?? []).Aggregate(room, RoomFold.Apply);

    /// <summary>The entry in today's schema.</summary>
    public RoomEntry Upgrade() => Schema switch
    {
        SchemaNow => this,
        _ => throw new NotSupportedException($"Journal entry of schema {Schema}; this program knows {SchemaNow}."),
    };
}
