namespace WhatsSound.Rooms;

/// <summary>Makes an invite; the receipt has it. Refusals: FORBIDDEN, TARGET_RANK_TOO_HIGH for a role that is not below the caller's, ROOM_LIMIT.</summary>
[GenerateSerializer, Immutable, Alias("ws.CreateInvite")]
public sealed record CreateInvite : RoomAction
{
    /// <summary>The longest time of an invite, in milliseconds: 30 days.</summary>
    public const long ForMsBound = 30L * 24 * 60 * 60 * 1000;

    /// <summary>The most users of an invite.</summary>
    public const int UsesBound = 1000;

    /// <summary>What whoever comes by it becomes, if they are less; listener: nothing.</summary>
    [Id(0)] public RoomRole Role { get; init; }

    /// <summary>For how long, up to <see cref="ForMsBound"/>.</summary>
    [Id(1)] public required long ForMs { get; init; }

    /// <summary>How many users come in by it, 1 to <see cref="UsesBound"/>.</summary>
    [Id(2)] public required int UsesMax { get; init; }
}
