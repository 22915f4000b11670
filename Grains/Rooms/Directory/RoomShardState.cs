using System.Collections.Immutable;

namespace WhatsSound.Grains.Rooms;

/// <summary>Which rooms are in a part of the list; how many are in them is not kept.</summary>
internal sealed record RoomShardState
{
    private const int SchemaNow = 1;

    public int Schema { get; init; } = SchemaNow;

    public ImmutableArray<ShardRoom> Rooms { get; init; } = [];

    /// <summary>Whether what a version without parts had saved was taken over.</summary>
    public bool HasFormer { get; init; }

    /// <summary>The state in today's schema.</summary>
    public RoomShardState Upgrade() => Schema switch
    {
        SchemaNow => this,
        _ => throw new NotSupportedException($"Part of the room list of schema {Schema}; this program knows {SchemaNow}."),
    };
}
