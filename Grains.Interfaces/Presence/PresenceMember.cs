using WhatsSound.Publications;

namespace WhatsSound.Presence;

/// <summary>A user who is here.</summary>
[GenerateSerializer, Immutable, Alias("ws.PresenceMember")]
public sealed record PresenceMember
{
    /// <summary>The user.</summary>
    [Id(0)] public required string UserId { get; init; }

    /// <summary>What the user shows of themselves: JSON of any shape. It says nothing about who they are.</summary>
    [Id(1)] public Payload Info { get; init; }

    /// <summary>When the first connection entered, Unix milliseconds.</summary>
    [Id(2)] public required long JoinedAtMs { get; init; }

    /// <summary>Whether the member was named by <c>SetHosts</c>.</summary>
    [Id(3)] public bool IsHost { get; init; }

    /// <summary>What the user's token calls them; null where it says nothing. Two members may have the same name: the user id tells them apart.</summary>
    [Id(4)] public string? DisplayName { get; init; }
}
