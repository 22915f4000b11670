using System.Collections.Immutable;

namespace WhatsSound.Rooms;

/// <summary>What a room's owner sets.</summary>
[GenerateSerializer, Immutable, Alias("ws.RoomSettings")]
public sealed record RoomSettings
{
    /// <summary>The most <see cref="Tags"/>.</summary>
    public const int TagsMax = 8;

    /// <summary>The most characters of a tag.</summary>
    public const int TagLengthMax = 24;

    /// <summary>The most characters of a name, as people count them (grapheme clusters).</summary>
    public const int NameGraphemesMax = 64;

    /// <summary>The most characters of a description.</summary>
    public const int DescriptionLengthMax = 500;

    /// <summary>The most characters of a password.</summary>
    public const int PasswordLengthMax = 64;

    /// <summary>The most seconds between two chat messages of a member.</summary>
    public const int SlowModeSecondsMax = 300;

    /// <summary>1 to <see cref="NameGraphemesMax"/> characters.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>Up to <see cref="DescriptionLengthMax"/> characters.</summary>
    [Id(1)] public string? Description { get; init; }

    /// <summary>Whether the room is in the public list.</summary>
    [Id(2)] public bool IsListed { get; init; } = true;

    /// <summary>Whether members can be muted without being told. Off unless the room's people want it.</summary>
    [Id(3)] public bool AllowsShadowMute { get; init; }

    /// <summary>Up to <see cref="TagsMax"/> words to be found by, each 1 to <see cref="TagLengthMax"/> characters.</summary>
    [Id(4)] public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Whether only who was invited comes in, or has a role.</summary>
    [Id(5)] public bool IsInviteOnly { get; init; }

    /// <summary>Whether the room closes by itself once nobody has been in it for a while.</summary>
    [Id(6)] public bool IsTemporary { get; init; }

    /// <summary>Whom the room takes at most; null: as many as any room. The owner, co-hosts and moderators always find a place.</summary>
    [Id(7)] public int? MembersMax { get; init; }

    /// <summary>How many seconds a member waits between two chat messages, 0 to <see cref="SlowModeSecondsMax"/>.</summary>
    [Id(8)] public int SlowModeSeconds { get; init; }

    /// <summary>Whether it takes a password to come in.</summary>
    [Id(9)] public bool HasPassword { get; init; }

    /// <summary>Whether only those who may lock the queue add songs.</summary>
    [Id(10)] public bool IsQueueLocked { get; init; }

    /// <summary>Whether only those who may lock the chat speak.</summary>
    [Id(11)] public bool IsChatLocked { get; init; }

    /// <summary>Whether only those come in who have a role.</summary>
    [Id(12)] public bool IsJoinLocked { get; init; }

    /// <summary>Whether a start waits, for a short while, until most members' players have loaded the song.</summary>
    [Id(15)] public bool WaitsForReady { get; init; }
}
