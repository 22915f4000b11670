using System.Collections.Immutable;

namespace WhatsSound.Presence;

/// <summary>
/// The content of a <c>presence</c> publication for who follows connections: which entered, changed or left since the one before, collected per tick. It continues what a
/// <see cref="ConnectionsPage"/> says up to its position. In a channel with more connections than its detailed limit the lists are empty.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.ConnectionsChanged")]
public sealed record ConnectionsChanged
{
    /// <summary>Connections that are here now, and were not.</summary>
    [Id(0)] public ImmutableArray<PresenceConnection> Entered { get; init; } = [];

    /// <summary>Those that show something else now.</summary>
    [Id(1)] public ImmutableArray<PresenceConnection> Updated { get; init; } = [];

    /// <summary>Those that are gone, as they were told last.</summary>
    [Id(2)] public ImmutableArray<PresenceConnection> Left { get; init; } = [];

    /// <summary>How many are here now.</summary>
    [Id(3)] public required int Total { get; init; }

    /// <summary>True: there are too many to tell of each. Such publications come at most every 2 s.</summary>
    [Id(4)] public bool IsCountOnly { get; init; }

    /// <summary>True: <see cref="Entered"/> is everybody, and replaces what a receiver had. So begins the time below the detailed limit.</summary>
    [Id(5)] public bool IsComplete { get; init; }
}
