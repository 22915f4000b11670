using System.Collections.Immutable;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>A page of a room's plays, in a row of its own: a play writes its page, and not all that was ever played.</summary>
internal sealed record PlaysPageState
{
    /// <summary>Part of the key in the database.</summary>
    public const string StateName = "room-plays-page";

    public const int PlaysMax = 100;

    private const int SchemaNow = 1;

    public int Schema { get; init; } = SchemaNow;

    /// <summary>In the order of their numbers.</summary>
    public ImmutableArray<RoomPlay> Plays { get; init; } = [];

    public static long NumberOf(long play) => (play - 1) / PlaysMax;

    /// <summary>The state in today's schema.</summary>
    public PlaysPageState Upgrade() => Schema switch
    {
        SchemaNow => this,
        _ => throw new NotSupportedException($"A page of plays of schema {Schema}; this program knows {SchemaNow}."),
    };
}
