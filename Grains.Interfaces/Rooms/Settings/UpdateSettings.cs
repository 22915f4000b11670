using System.Collections.Immutable;

namespace WhatsSound.Rooms;

/// <summary>Changes what is given, and leaves the rest; each setting takes a permission of its own, and one that is missing refuses all. Refusals: FORBIDDEN.</summary>
[GenerateSerializer, Immutable, Alias("ws.UpdateSettings")]
public sealed record UpdateSettings : RoomAction
{
    /// <inheritdoc cref="RoomSettings.Name"/>
    [Id(0)] public string? Name { get; init; }

    /// <summary>Empty: none.</summary>
    [Id(1)] public string? Description { get; init; }

    /// <inheritdoc cref="RoomSettings.Tags"/>
    [Id(2)] public ImmutableArray<string>? Tags { get; init; }

    /// <summary>Who finds it, and who comes in.</summary>
    [Id(3)] public RoomVisibility? Visibility { get; init; }

    /// <summary>1 to 64 characters; empty: none. Known to the room as a slow hash only.</summary>
    [Id(4)] public string? Password { get; init; }

    /// <summary>Whom the room takes at most; 0: as many as any room.</summary>
    [Id(5)] public int? MembersMax { get; init; }

    /// <inheritdoc cref="RoomSettings.SlowModeSeconds"/>
    [Id(6)] public int? SlowModeSeconds { get; init; }

    /// <inheritdoc cref="RoomSettings.IsQueueLocked"/>
    [Id(7)] public bool? IsQueueLocked { get; init; }

    /// <inheritdoc cref="RoomSettings.IsChatLocked"/>
    [Id(8)] public bool? IsChatLocked { get; init; }

    /// <inheritdoc cref="RoomSettings.IsJoinLocked"/>
    [Id(9)] public bool? IsJoinLocked { get; init; }

    /// <inheritdoc cref="RoomSettings.AllowsShadowMute"/>
    [Id(10)] public bool? AllowsShadowMute { get; init; }

    /// <inheritdoc cref="RoomSettings.IsTemporary"/>
    [Id(11)] public bool? IsTemporary { get; init; }

    /// <inheritdoc cref="RoomSettings.WaitsForReady"/>
    [Id(15)] public bool? WaitsForReady { get; init; }
}
