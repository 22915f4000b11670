namespace WhatsSound.Users;

/// <summary>What a user is told of a song that they have queued.</summary>
[GenerateSerializer, Immutable, Alias("ws.SongNotice")]
public sealed record SongNotice
{
    /// <summary>Where.</summary>
    [Id(0)] public required string RoomId { get; init; }

    /// <summary>What the room is called.</summary>
    [Id(1)] public required string RoomName { get; init; }

    /// <summary>The entry.</summary>
    [Id(2)] public required string EntryId { get; init; }

    /// <summary>The song's title.</summary>
    [Id(3)] public required string Title { get; init; }

    /// <summary>And whose it is.</summary>
    [Id(4)] public string? Artist { get; init; }
}
