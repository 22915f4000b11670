using System.Collections.Immutable;

namespace WhatsSound.Presence;

/// <summary>
/// The content of a <c>presence</c> publication: who joined, left or changed since the one before, collected per tick. In a channel above its detailed
/// limit the lists are empty and <see cref="Summary"/> stands for them.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.PresenceChanged")]
public sealed record PresenceChanged
{
    /// <summary>The event name of such publications.</summary>
    public const string EventName = "presence";

    /// <summary>Users whose first connection entered.</summary>
    [Id(0)] public ImmutableArray<PresenceMember> Joined { get; init; } = [];

    /// <summary>Users whose last connection is gone.</summary>
    [Id(1)] public ImmutableArray<string> Left { get; init; } = [];

    /// <summary>Users whose info or display name changed.</summary>
    [Id(2)] public ImmutableArray<PresenceMember> Updated { get; init; } = [];

    /// <summary>How many users are here now.</summary>
    [Id(3)] public required int Total { get; init; }

    /// <summary>Instead of the lists, at most every 2 s.</summary>
    [Id(4)] public PresenceSummary? Summary { get; init; }

    /// <summary>
    /// True: <see cref="Joined"/> is everybody, and replaces what a receiver had. So begins the time below the detailed limit: a summary did not name those
    /// who have left since, nor does this.
    /// </summary>
    [Id(5)] public bool IsComplete { get; init; }
}
