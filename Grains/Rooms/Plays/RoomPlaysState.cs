namespace WhatsSound.Grains.Rooms;

/// <summary>Which pages of a room's plays there are. Page n has the numbers from 100 n + 1 on.</summary>
internal sealed record RoomPlaysState
{
    private const int SchemaNow = 1;

    public int Schema { get; init; } = SchemaNow;

    public long FirstPage { get; init; }

    /// <summary>The last page that may be there; -1: none is.</summary>
    public long LastPage { get; init; } = -1;

    /// <summary>The state in today's schema.</summary>
    public RoomPlaysState Upgrade() => Schema switch
    {
        SchemaNow => this,
        _ => throw new NotSupportedException($"Plays of schema {Schema}; this program knows {SchemaNow}."),
    };
}
