using System.Collections.Immutable;

namespace WhatsSound.Grains.Rooms;

/// <summary>Which rooms are in the list; how many are in them is not kept.</summary>
internal sealed record RoomDirectoryState
{
    private const int SchemaNow = 1;

    public int Schema { get; init; } = SchemaNow;

    public ImmutableArray<ListedRoom> Rooms { get; init; } = [];

    /// <summary>The state in today's schema.</summary>
    public RoomDirectoryState Upgrade() => Schema switch
    {
        SchemaNow => this,
        _ => throw new NotSupportedException($"Room directory of schema {Schema}; this program knows {SchemaNow}."),
    };
}
