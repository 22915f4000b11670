namespace WhatsSound.Presence;

/// <summary>A member as a watcher needs it.</summary>
[GenerateSerializer, Immutable, Alias("ws.RosterMember")]
public sealed record RosterMember
{
    /// <summary>The user.</summary>
    [Id(0)] public required string UserId { get; init; }

    /// <summary>When the first connection entered, Unix milliseconds.</summary>
    [Id(1)] public required long JoinedAtMs { get; init; }
}
